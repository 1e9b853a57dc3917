"""Plain values to the typed spec; every error of the models is told in our words, at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..diagnostics import Span, did_you_mean, nearest
from .change_shapes import VERBS
from .findings import Findings
from .models import Spec
from .models_at import models_at
from .nodes import Node
from .scalars import Block, Raw, Row
from .words import ELSEWHERE, NEVER, UNSUPPORTED

Part = TypeVar("Part", bound=BaseModel)


@dataclass(frozen=True)
class Step:
    """One step on the way to a finding: into `key` of `container`, which is the model field at `loc`."""

    container: Block | Row
    key: Any
    loc: tuple[Any, ...]

    @property
    def there(self) -> bool:
        """Whether something stands there."""
        return isinstance(self.container, Row) or self.key in self.container


def validate(data: Block, findings: Findings) -> tuple[Spec | None, frozenset[str]]:
    """The spec that `data` holds, and the names that were left out because what they name is wrong.

    What is wrong is noted and left out, and the rest is read all the same; None when nothing can be read.
    """
    broken: set[str] = set()
    for _ in range(_ROUNDS):
        try:
            return Spec.model_validate(data), frozenset(broken)
        except ValidationError as error:
            victims: dict[tuple[int, Any], Step] = {}
            told: set[tuple[int, Any]] = set()
            unnamed = False
            for found in error.errors(include_url=False):
                steps = _steps(data, found["loc"])
                place = (id(steps[-1].container), steps[-1].key) if steps else (0, "")
                if place in told:  # the other branches of a union
                    continue
                told.add(place)
                _tell(found, steps, findings, Spec, data)
                victim = _victim(steps, found["type"])
                if victim is not None:
                    victims[id(victim.container), victim.key] = victim
                unnamed = unnamed or (victim is None and found["loc"][:1] == ("api",))
            for step in sorted(victims.values(), key=lambda v: v.key if isinstance(v.key, int) else 0, reverse=True):
                _prune(step, broken)
            if unnamed:
                data["api"] = {"name": "api"}
    return None, frozenset(broken)


def read_part(model: type[Part], data: object, findings: Findings, key: str) -> Part | None:
    """A part of the spec that is read by itself, under `key`; None, with findings, when it is no `model`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        told: set[tuple[int, Any]] = set()
        for found in error.errors(include_url=False):
            steps = _steps(data, found["loc"])
            place = (id(steps[-1].container), steps[-1].key) if steps else (0, "")
            if place not in told:
                told.add(place)
                _tell(found, steps, findings, model, data, f"in `{key}`")
        return None


_ROUNDS = 60
_TAGS = frozenset(f"<{verb}>" for verb in VERBS)


TOP = "at the top of the spec"


def _steps(data: object, loc: tuple[Any, ...]) -> list[Step]:
    """The steps from the top to `loc`; what the last one leads to may be absent."""
    steps: list[Step] = []
    here: Any = data
    for position, part in enumerate(loc):
        if isinstance(here, Block) and isinstance(part, str):
            if part in _TAGS and part not in here:
                continue
            steps.append(Step(here, part, loc[: position + 1]))
            if part not in here:
                break
            here = here[part]
        elif isinstance(here, Row) and isinstance(part, int) and part < len(here):
            steps.append(Step(here, part, loc[: position + 1]))
            here = here[part]
    return steps


def _tell(found: Any, steps: list[Step], findings: Findings, model: type[BaseModel], root: Any, top: str = TOP) -> None:
    kind, context = found["type"], found.get("ctx") or {}
    value = _value(steps) if steps else root
    key = next((s.key for s in reversed(steps) if isinstance(s.key, str)), "")
    inner = steps[-1].key if steps else ""
    if kind == "missing":
        at = _mark(steps[-1].container if steps else None)
        findings.add("SC201", f"`{key}` is missing {_within(steps, top)}", at, f"add `{key}:`")
    elif kind == "extra_forbidden":
        known = _known_keys(model, found["loc"])
        container = steps[-1].container
        never = next((told for (verb, word), told in NEVER.items() if key == word and verb in container), None)
        if never is not None:
            findings.add(never[0], never[1], _key_mark(value), never[2])
        elif str(key) in UNSUPPORTED and str(key) not in known:
            findings.add(
                "SC390", f"`{key}`: {UNSUPPORTED[str(key)]} are not supported yet", _key_mark(value), "leave it out"
            )
        else:
            help_ = ELSEWHERE.get(str(key)) or _meant(str(key), known)
            if str(key).startswith("x-"):
                help_ = "write it in `document:`, or where something is described: a type, a field, an operation"
            findings.add("SC203", f"there is no key `{key}` {_within(steps, top)}", _key_mark(value), help_)
    elif kind.startswith("SC"):
        findings.add(kind, str(context.get("message", found["msg"])), _mark(value), context.get("help"))
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected")))
        where = f"for `{key}`" if key else "here"
        findings.add("SC202", f"{_what(value)} is not known {where}", _mark(value), did_you_mean(str(value), choices))
    elif kind in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        needed = "a list" if kind == "list_type" else "a mapping"
        help_ = "write `- ` before each item, or `[a, b]`" if kind == "list_type" else "write keys and values"
        what = "here" if isinstance(inner, int) else f"for `{key}`"
        findings.add("SC202", f"{needed} is needed {what}, not {_what(value)}", _mark(value), help_)
    else:
        findings.add("SC202", f"`{key}` cannot be {_what(value)}: {found['msg']}", _mark(value))


def _meant(key: str, known: list[str]) -> str:
    return did_you_mean(key, known) if len(known) < 16 or nearest(key, known) else "leave it out"


def _value(steps: list[Step]) -> Any:
    if not steps or not steps[-1].there:
        return None
    return steps[-1].container[steps[-1].key]


def _what(value: Any) -> str:
    if isinstance(value, Raw):
        return "null" if value.null else f"`{value}`"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "this"


def _within(steps: list[Step], top: str) -> str:
    names = [s.key for s in steps[:-1] if isinstance(s.key, str)]
    if names:
        return f"in `{names[-1]}`"
    return top if len(steps) < 2 else "here"


def _mark(value: Any) -> Span | None:
    return value.node.mark if isinstance(value, Raw | Block | Row) else None


def _key_mark(value: Any) -> Span | None:
    node: Node | None = value.node if isinstance(value, Raw | Block | Row) else None
    if node is None:
        return None
    return node.mark if node.key is None else node.key.span


def _known_keys(root: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The keys of the model that holds the last part of `loc`, seen from `root`."""
    models = models_at(root, loc[:-1])
    return list(dict.fromkeys(i.alias or n for m in models for n, i in m.model_fields.items()))


def _victim(steps: list[Step], kind: str) -> Step | None:
    """What to leave out so that the rest can be read: the innermost part that can be spared."""
    for step in reversed(steps):
        if step.there and (kind == "extra_forbidden" or _can_be_spared(step)):
            return step
    return None


def _can_be_spared(step: Step) -> bool:
    if isinstance(step.container, Row):
        return True
    models = models_at(Spec, step.loc[:-1])
    infos = [i for m in models for n, i in m.model_fields.items() if (i.alias or n) == step.key]
    return not models or (bool(infos) and not any(i.is_required() for i in infos))


def _prune(step: Step, broken: set[str]) -> None:
    """Take out what stands there, and remember the names that go with it."""
    container, key = step.container, step.key
    if isinstance(container, Row):
        if key < len(container):
            broken.update(_names(container[key]))
            del container[key]
    elif key in container:
        broken.add(str(key).removesuffix("?"))
        container.cut = True
        del container[key]


def _names(value: Any) -> Iterator[str]:
    """The last names in the addresses that a change mentions."""
    texts = [value] if isinstance(value, str) else []
    if isinstance(value, dict):
        for inner in value.values():
            texts += [inner] if isinstance(inner, str) else [t for t in inner if isinstance(t, str)]
    for text in texts:
        for word in str(text).replace(",", " ").split():
            yield word.rsplit(".", 1)[-1].rstrip("?")
