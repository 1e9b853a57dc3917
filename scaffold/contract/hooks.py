"""Hooks: functions of the project's own `conversions` module, which a spec names where no built-in codec fits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .types import Ref, Type

MODULE = "conversions"
"""The module of the project that has them."""

_HOOK = re.compile(rf"{MODULE}\.([A-Za-z]\w*)")


def hook_name(stated: object) -> str | None:
    """The function that `conversions.price` names, without the module; None for what names none."""
    found = _HOOK.fullmatch(stated) if isinstance(stated, str) else None
    return None if found is None else found[1]


def pair(name: str) -> tuple[str, str]:
    """The two functions of a pair called `name`: the way up to newer versions, and the way back down."""
    return f"{name}_up", f"{name}_down"


@dataclass(frozen=True)
class HookValue:
    """A parameter of a hook, or a part of what it returns. Enums are their texts; a reference is a whole record.

    `none`: None stands for a field that is null or absent. `fields`: it is an object that has them; one whose `none`
    is true may be left out.
    """

    name: str
    type: Type
    none: bool = False
    fields: tuple[HookValue, ...] = ()


@dataclass(frozen=True)
class Hook:
    """One function that the user writes: `purpose` says in one sentence what it does.

    Several `returns` are a tuple. `fails`: a ValueError from it is the caller's mistake. `back` is the function that
    leads back.
    """

    name: str
    parameters: tuple[HookValue, ...]
    returns: tuple[HookValue, ...]
    purpose: str
    fails: bool = False
    back: str | None = None

    @property
    def of_record(self) -> bool:
        """Whether it is given a whole record."""
        return any(isinstance(p.type, Ref) for p in self.parameters)

    @property
    def signature(self) -> tuple[tuple[object, ...], ...]:
        """What two uses of one function have to agree on."""
        return tuple(tuple((v.type, v.none, v.fields) for v in side) for side in (self.parameters, self.returns))


def joint_pair(name: str, *, splits: bool) -> tuple[str, str]:
    """The two functions of a split or merge by `name`: the way up, and the way back.

    `split_name` and `join_name` belong together, whichever of them is named; any other name is of a pair.
    """
    stem = name.removeprefix("split_").removeprefix("join_")
    if stem == name:
        return pair(name)
    split, join = f"split_{stem}", f"join_{stem}"
    return (split, join) if splits else (join, split)
