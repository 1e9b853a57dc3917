"""Which models stand at a place of the spec."""

from __future__ import annotations

import types as python_types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag


def models_at(annotation: Any, loc: tuple[Any, ...]) -> list[type[BaseModel]]:
    """The models that may stand at `loc`, seen from `annotation`."""
    options = list(_options(annotation))
    if not loc:
        return [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
    part, rest = loc[0], loc[1:]
    found: list[type[BaseModel]] = []
    for option in options:
        if isinstance(option, type) and issubclass(option, BaseModel):
            for name, info in option.model_fields.items():
                if (info.alias or name) == part:
                    found += models_at(_annotated(info), rest)
        elif get_origin(option) is dict and isinstance(part, str):
            found += models_at(get_args(option)[1], rest)
        elif get_origin(option) is list and isinstance(part, int):
            found += models_at(get_args(option)[0], rest)
    if not found and isinstance(part, str) and part.startswith("<"):
        for tag, model in _tagged(annotation):
            if tag == part:
                found += models_at(model, rest)
    return found


def _annotated(info: Any) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _options(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _options(get_args(annotation)[0])
    elif origin in (Union, python_types.UnionType):
        for member in get_args(annotation):
            yield from _options(member)
    else:
        yield annotation


def _tagged(annotation: Any) -> Iterator[tuple[str, Any]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *extras = get_args(annotation)
        tags = [e.tag for e in extras if isinstance(e, Tag)]
        if tags:
            yield tags[0], base
        else:
            yield from _tagged(base)
    elif origin in (Union, python_types.UnionType):
        for member in get_args(annotation):
            yield from _tagged(member)
