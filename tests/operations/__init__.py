"""Operations, parameters, bodies and answers that change, called in every version of a generated application."""
