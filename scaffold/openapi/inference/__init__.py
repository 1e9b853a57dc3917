"""From two contracts to the changes that lead from one to the other, with what was guessed on the way."""

from .choosing import OPEN
from .comparing import unlike
from .draft import Choice, Guess
from .infer import Inferred, infer
from .relation import order, unrelated

__all__ = ["OPEN", "Choice", "Guess", "Inferred", "infer", "order", "unlike", "unrelated"]
