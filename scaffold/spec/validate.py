"""Plain values to the typed spec; every error of the models is told in our words, at its place."""

from __future__ import annotations

import re
import types as python_types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from ..diagnostics import Span, did_you_mean
from .findings import Findings
from .models import Spec
from .scalars import Block, Raw, Row
from .tree import MapNode, Node

UNSUPPORTED = {
    "ref": "references by key",
    "computed": "computed fields",
    "table": "tables of your own",
    "column": "columns of your own",
    "storage": "the choice of storage",
    "owner": "owners",
    "servers": "servers",
    "pagination": "other paging",
    "errors": "other error formats",
    "auth": "authentication",
    "opt_in": "values that are held back",
    "keep": "two forms of one identifier",
    "accepts": "two forms of one value",
    "pick": "the choice of one among many",
    "match": "the matching of list items",
    "redirect": "redirects",
    "status": "the change of a status",
    "discriminator": "unions",
    "variants": "unions",
}
"""Keys that the vocabulary knows and this version of the tool does not."""


def validate(data: Block, findings: Findings) -> tuple[Spec | None, frozenset[str]]:
    """The spec that `data` holds, and the names that were left out because what they name is wrong.

    What is wrong is noted and left out, and the rest is read all the same; None when nothing can be read.
    """
    broken: set[str] = set()
    for _ in range(60):
        try:
            return Spec.model_validate(data), frozenset(broken)
        except ValidationError as error:
            victims: list[tuple[Block | Row, Any]] = []
            for found in error.errors(include_url=False):
                loc = found["loc"]
                chain = _chain(data, loc)
                _tell(found, chain, findings)
                victim = _victim(chain, found["type"])
                if victim is not None:
                    victims.append(victim)
            if not victims:
                return None, frozenset(broken)
            for container, key in sorted(victims, key=lambda v: v[1] if isinstance(v[1], int) else 0, reverse=True):
                _prune(container, key, broken)
    return None, frozenset(broken)


def _chain(data: Block, loc: tuple[Any, ...]) -> list[tuple[Block | Row, Any]]:
    """The containers on the way to `loc`, each with the key or index that is followed; the last one may be absent."""
    chain: list[tuple[Block | Row, Any]] = []
    here: Any = data
    for part in loc:
        if isinstance(here, Block) and isinstance(part, str):
            if part.startswith("<") and part.endswith(">"):
                continue
            chain.append((here, part))
            if part not in here:
                break
            here = here[part]
        elif isinstance(here, Row) and isinstance(part, int) and part < len(here):
            chain.append((here, part))
            here = here[part]
    return chain


def _tell(found: Any, chain: list[tuple[Block | Row, Any]], findings: Findings) -> None:
    kind, context = found["type"], found.get("ctx") or {}
    container, key = chain[-1] if chain else (None, None)
    value = _get(container, key)
    if kind == "missing":
        at = _mark(_holder(chain))
        findings.add("SC201", f"`{key}` is missing {_within(chain)}", at, f"add `{key}:`")
    elif kind == "extra_forbidden":
        known = _known_keys(found["loc"])
        if str(key) in UNSUPPORTED and str(key) not in known:
            findings.add(
                "SC390", f"`{key}`: {UNSUPPORTED[str(key)]} are not supported yet", _key_mark(value), "leave it out"
            )
        else:
            findings.add(
                "SC203", f"there is no key `{key}` {_within(chain)}", _key_mark(value), did_you_mean(str(key), known)
            )
    elif kind.startswith("SC"):
        findings.add(kind, str(context.get("message", found["msg"])), _mark(value), context.get("help"))
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected")))
        findings.add(
            "SC202", f"{_what(value)} is not known for `{key}`", _mark(value), did_you_mean(str(value), choices)
        )
    elif kind in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        needed = "a list" if kind == "list_type" else "a mapping"
        help_ = "write `- ` before each item, or `[a, b]`" if kind == "list_type" else "write keys and values"
        findings.add("SC202", f"{needed} is needed for `{key}`, not {_what(value)}", _mark(value), help_)
    else:
        findings.add("SC202", f"`{key}` cannot be {_what(value)}: {found['msg']}", _mark(value))


def _get(container: Block | Row | None, key: Any) -> Any:
    if isinstance(container, Block):
        return container.get(key)
    if isinstance(container, Row):
        return container[key]
    return None


def _what(value: Any) -> str:
    if isinstance(value, Raw):
        return "null" if value.null else f"`{value}`"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "this"


def _within(chain: list[tuple[Block | Row, Any]]) -> str:
    names = [str(k) for _, k in chain[:-1] if isinstance(k, str)]
    if names:
        return f"in `{names[-1]}`"
    return "at the top of the spec" if len(chain) < 2 else "here"


def _holder(chain: list[tuple[Block | Row, Any]]) -> Any:
    return chain[-1][0] if chain else None


def _mark(value: Any) -> Span | None:
    return value.node.mark if isinstance(value, Raw | Block | Row) else None


def _key_mark(value: Any) -> Span | None:
    node: Node | None = value.node if isinstance(value, Raw | Block | Row) else None
    if node is None:
        return None
    return node.mark if node.key is None else node.key.span


def _known_keys(loc: tuple[Any, ...]) -> list[str]:
    """The keys of the model that holds the last part of `loc`."""
    models = _models_at(Spec, loc[:-1])
    return list(dict.fromkeys(i.alias or n for m in models for n, i in m.model_fields.items()))


def _models_at(annotation: Any, loc: tuple[Any, ...]) -> list[type[BaseModel]]:
    options = list(_options(annotation))
    if not loc:
        return [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
    part, rest = loc[0], loc[1:]
    found: list[type[BaseModel]] = []
    for option in options:
        if get_origin(option) is Tagged:
            continue
        if isinstance(option, type) and issubclass(option, BaseModel):
            for name, info in option.model_fields.items():
                if (info.alias or name) == part:
                    found += _models_at(_annotated(info), rest)
        elif get_origin(option) is dict and isinstance(part, str):
            found += _models_at(get_args(option)[1], rest)
        elif get_origin(option) is list and isinstance(part, int):
            found += _models_at(get_args(option)[0], rest)
    if not found and isinstance(part, str) and part.startswith("<"):
        for tag, model in _tagged(annotation):
            if tag == part:
                found += _models_at(model, rest)
    return found


class Tagged:
    """Nothing: the origin of no annotation."""


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


def _victim(chain: list[tuple[Block | Row, Any]], kind: str) -> tuple[Block | Row, Any] | None:
    """What to leave out so that the rest can be read: the innermost part that can be spared."""
    if not chain:
        return None
    container, key = chain[-1]
    if kind == "extra_forbidden":
        return container, key
    for depth in range(len(chain) - 1, -1, -1):
        container, key = chain[depth]
        parent = chain[depth - 1][1] if depth else None
        if isinstance(container, Row) and parent in ("changes", "next", "versions"):
            return container, key
        if parent in ("types", "resources", "operations", "fields") and isinstance(container, Block):
            return container, key
    if len(chain) > 1 and chain[0][1] != "api":
        return chain[0]
    if chain[0][1] not in ("api",) and chain[0][1] in chain[0][0]:
        return chain[0]
    return None


def _prune(container: Block | Row, key: Any, broken: set[str]) -> None:
    """Take `key` out of `container`, and remember the names that go with it."""
    if isinstance(container, Row):
        if key < len(container):
            broken.update(_names(container[key]))
            del container[key]
    elif key in container:
        broken.add(str(key).removesuffix("?"))
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


__all__ = ["UNSUPPORTED", "MapNode", "validate"]
