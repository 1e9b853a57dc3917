"""Parameters that FastAPI does not read by itself: lists and objects in every style, documents, unions, numbers to
choose from (OpenAPI 3.1, 4.8.12; RFC 6570)."""

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from fastapi import Request
from pydantic import ValidationError

from .absent import ABSENT
from .problems import Invalid
from .sent import Sent
from .shapes import Shape
from .texts import Fields, Items, Tree, Twice, anything, text

USUAL = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
"""The style of each place, where none is stated."""

_COMMA = re.compile(r"\s*,\s*")
_RAW_COMMA = re.compile(",")
_ANY_COMMA = re.compile(",|%2C", re.IGNORECASE)
_DELIMITERS = {
    "spaceDelimited": re.compile(r"%20|\+| "),
    "pipeDelimited": re.compile(r"\||%7C", re.IGNORECASE),
}


class Schemas(Protocol):
    """Where documents take the schema of a shape from."""

    def of(self, shape: Shape[Any], *, shown: bool = False) -> dict[str, Any]:
        """The schema of `shape`: as it is read, or as it is `shown`."""
        ...


class Parameter:
    """One parameter as its operation states it.

    `tree` reads its texts, `shape` what they make. `key` is what the route calls a part of its path; `others` are
    the parameters that an object spread over the whole query leaves alone.
    """

    def __init__(
        self,
        name: str,
        location: str,
        shape: Shape[Any],
        tree: Tree = text,
        *,
        style: str | None = None,
        explode: bool | None = None,
        required: bool = False,
        default: Any = None,
        media_type: str | None = None,
        key: str | None = None,
        others: frozenset[str] = frozenset(),
    ) -> None:
        self.name, self.location, self.shape, self.tree = name, location, shape, tree
        self.style, self.explode, self.required, self.default = style, explode, required, default
        self.media_type, self.key, self.others = media_type, key or name, others
        self._style = style or USUAL[location]
        self._explode = self._style == "form" if explode is None else explode
        self._header = name.lower().encode("latin-1", "replace")
        single = media_type is not None or not isinstance(tree, Items | Fields)
        scattered = not single and location == "query" and (self._explode or self._style == "deepObject")
        self._spread = self._spread_over if scattered and isinstance(tree, Fields) else None
        self._made = (
            self._one if single else self._repeated if scattered else self._listed if self._explode else self._together
        )

    def read(self, sent: Sent) -> Any:
        """Its value. Raises ValidationError or ValueError where what was sent is not one."""
        if self._spread is not None:
            found = self._spread(sent)
        else:
            values = self._values(sent)
            found = self._made(values) if values else ABSENT
        if found is not ABSENT:
            return self.shape.take(found)
        if self.required:
            raise Missing("Field required")
        return deepcopy(self.default)

    def taken(self, values: list[str]) -> Any:
        """What these texts say, as its place holds them. Raises ValidationError or ValueError where they do not fit."""
        return self.shape.take(self._made(values))

    # What was sent, by place.

    def _values(self, sent: Sent) -> list[str]:
        match self.location:
            case "query":
                return [value for name, value in sent.query if name == self.name]
            case "header":
                return sent.headers(self._header)
            case "cookie":
                return [value for name, value in sent.cookies if name == self.name]
            case _:
                return [self._without_prefix(sent.segment(self.key))]

    def _without_prefix(self, segment: str) -> str:
        """A part of the path without what its style puts before it: `.5` and `;id=5` are 5."""
        spread = self._explode and isinstance(self.tree, Items | Fields)
        prefix = {"label": ".", "matrix": ";" if spread else f";{self.name}="}.get(self._style, "")
        if not segment.startswith(prefix):
            raise ValueError(f"must begin with {prefix}")
        return segment.removeprefix(prefix)

    def _decoded(self, value: str) -> str:
        if self.location in ("path", "header"):
            return value
        raw = value.replace("+", " ") if self.location == "query" else value
        return unquote_to_bytes(raw.encode("latin-1")).decode()

    # What it is made of, by style.

    def _one(self, values: list[str]) -> Any:
        if len(values) > 1 and self.tree is anything:
            return [self._decoded(value) for value in values]
        if len(values) > 1:
            raise Twice(self.name)
        assert not isinstance(self.tree, Items | Fields)  # those have readers of their own below
        return self.tree(self._decoded(values[0]))

    def _repeated(self, values: list[str]) -> Any:
        """`ids=1&ids=2`."""
        return self._of([self._decoded(value) for value in values])

    def _together(self, values: list[str]) -> Any:
        """`ids=1,2`, and `R,100,G,200` for an object."""
        if self.location == "header":
            values = [",".join(values)]
        if len(values) > 1:
            raise Twice(self.name)
        pieces = [self._decoded(piece) for piece in self._pieces(values[0])]
        if isinstance(self.tree, Items):
            return self._of(pieces)
        if len(pieces) % 2:
            raise ValueError("must be names, each with its value")
        return self._of(list(zip(pieces[::2], pieces[1::2], strict=True)))

    def _listed(self, values: list[str]) -> Any:
        """`R=100,G=200` for an object, the items alone for a list, with the delimiter of the place."""
        if self.location == "header":
            values = [",".join(values)]
        delimiter = {"label": ".", "matrix": ";"}.get(self._style) or ("&" if self.location == "cookie" else None)
        split = self._pieces if delimiter is None else lambda value: value.split(delimiter)
        pieces = [piece for value in values for piece in split(value)]
        named = isinstance(self.tree, Fields) or self._style == "matrix"
        if not named and self.location == "cookie":
            return self._of([self._decoded(piece.removeprefix(f"{self.name}=")) for piece in pieces])
        if not named:
            return self._of([self._decoded(piece) for piece in pieces])
        pairs = [(self._decoded(name), self._decoded(value)) for name, _, value in (p.partition("=") for p in pieces)]
        if isinstance(self.tree, Fields):
            return self._of(pairs)
        if any(name != self.name for name, _ in pairs):
            raise ValueError(f"must be written ;{self.name}=…;{self.name}=…")
        return self._of([value for _, value in pairs])

    def _spread_over(self, sent: Sent) -> Any:
        """`R=100&G=200`, or `color[R]=100&color[G]=200`: an object over several parts of the query."""
        assert isinstance(self.tree, Fields)
        if self._style == "deepObject":
            pairs = [
                (name[len(self.name) + 1 : -1], self._decoded(value))
                for name, value in sent.query
                if name.startswith(f"{self.name}[") and name.endswith("]")
            ]
            return deep(self.tree, pairs) if pairs else ABSENT
        known, rest = self.tree.known, self.tree.rest is not None
        pairs = [
            (name, self._decoded(value))
            for name, value in sent.query
            if name in known or (rest and name not in self.others)
        ]
        return self._of(pairs) if pairs else ABSENT

    def _pieces(self, value: str) -> list[str]:
        if self.location == "header":
            return _COMMA.split(value.strip())
        if self.location != "query":
            return value.split(",")
        if self._style in _DELIMITERS:
            return _DELIMITERS[self._style].split(value)
        # A comma that is part of a text is sent encoded; where no text stands, an encoded one is one all the same.
        texts = isinstance(self.tree, Items) and self.tree.item in (text, anything)
        return (_RAW_COMMA if texts or "," in value else _ANY_COMMA).split(value)

    def _of(self, values: Sequence[Any]) -> Any:
        assert isinstance(self.tree, Items | Fields)
        return self.tree.of(values)

    # The other way, for headers of answers.

    def written(self, value: Any) -> str:
        """`value` as a header says it; a text is taken as it is."""
        if isinstance(value, str):
            return value
        found = json.loads(self.shape.write(value))
        if isinstance(found, list):
            return ", ".join(map(_said, found))
        if isinstance(found, dict):
            sign = "=" if self._explode else ","
            return ",".join(f"{name}{sign}{_said(inner)}" for name, inner in found.items())
        return _said(found)

    def documented(self, schemas: Schemas) -> dict[str, Any]:
        """What a document says of it."""
        made = {"name": self.name, "in": self.location, **self.stated(schemas)}
        if self.required or self.location == "path":
            made["required"] = True
        return made

    def stated(self, schemas: Schemas, *, shown: bool = False) -> dict[str, Any]:
        """How it is written and what it holds."""
        schema = schemas.of(self.shape, shown=shown)
        if self.media_type is not None:
            return {"content": {self.media_type: {"schema": schema}}}
        if self.default is not None:
            schema = {**schema, "default": json.loads(self.shape.write(self.default))}
        how = {"style": self.style, "explode": self.explode}
        return {**{word: value for word, value in how.items() if value is not None}, "schema": schema}


class Missing(ValueError):
    """A parameter that must be there is not."""


def read_parameters(request: Request, *parameters: Parameter) -> tuple[Any, ...]:
    """The values of `parameters`, in order. Raises Invalid with everything that is wrong with any of them."""
    sent = Sent(request)
    values, wrong = [], []
    for parameter in parameters:
        at = (parameter.location, parameter.name)
        try:
            values.append(parameter.read(sent))
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            wrong += [{**e, "loc": (*at, *e["loc"])} for e in found]
        except Missing as error:
            wrong.append({"loc": at, "msg": str(error), "type": "missing"})
        except UnicodeDecodeError:
            wrong.append({"loc": at, "msg": "must be UTF-8", "type": "value_error"})
        except Twice as error:
            where = at if error.name == parameter.name else (*at, error.name)
            wrong.append({"loc": where, "msg": str(error), "type": "value_error"})
        except ValueError as error:
            wrong.append({"loc": at, "msg": str(error), "type": "value_error"})
    if wrong:
        raise Invalid(wrong)
    return tuple(values)


def deep(tree: Fields, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The object that names like `a` and `a][b` make. Raises Twice where one stands twice and means one value."""
    here = [(name.removesuffix("]["), value) for name, value in pairs if "][" not in name or name.endswith("][")]
    made = tree.of([(name, value) for name, value in here if not isinstance(tree.known.get(name), Fields)])
    inner: dict[str, list[tuple[str, Any]]] = {}
    for name, value in pairs:
        first, sign, rest = name.partition("][")
        if sign and rest:
            inner.setdefault(first, []).append((rest, value))
    for name, found in inner.items():
        below = tree.known.get(name)
        if isinstance(below, Fields):
            made[name] = deep(below, found)
        elif tree.rest is not None or below is not None:
            made[name] = dict(found)
    return made


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


__all__ = ["Parameter", "Schemas", "deep", "read_parameters"]
