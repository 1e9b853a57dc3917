"""Type expressions: `int | null`, `list[User]`, `map[str, decimal]`, `Card | Wallet`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean, nearest

_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[\[\],|?])")
_KINDS = {k.value: k for k in Kind if k is not Kind.NULL}
_FOREIGN = {
    "string": "str", "text": "str", "integer": "int", "number": "float", "double": "float",
    "boolean": "bool", "object": "json", "any": "json", "array": "list[…]", "dict": "map[str, …]",
    "timestamp": "datetime", "uri": "url", "String": "str", "Int": "int",
}  # fmt: skip
MAX_NESTING = 20


NULL = Scalar(Kind.NULL)


@dataclass(frozen=True)
class Expression:
    """What is written in the place of a type; `written` has null among its variants, where it stands there."""

    type: Type
    nullable: bool = False
    written: Type | None = None

    @property
    def whole(self) -> Type:
        """The type with its null inside, for a place where nothing else says `nullable`."""
        if not self.nullable:
            return self.type
        return or_null(self.type if self.written is None else self.written)

    def narrowed(self, made: Type) -> Expression:
        """The same with `made` in the place of its type."""
        written = made if self.written == self.type else None
        if isinstance(self.written, UnionOf) and self.nullable:
            variants = tuple(made if v == self.type else v for v in self.written.variants)
            written = replace(self.written, variants=variants)
            if isinstance(made, UnionOf) and isinstance(self.type, UnionOf):
                written = replace(self.written, discriminator=made.discriminator)
        return Expression(made, self.nullable, written)


def gathered(members: Sequence[Type], *, exclusive: bool = True, short: bool = True) -> Expression:
    """Several types as one: a union, or the only one of them that is not null; `short` makes no union of one."""
    left = tuple(m for m in members if m != NULL)
    nullable = len(left) < len(members)
    if len(left) == 1 and (short or nullable):
        written = UnionOf(tuple(members), exclusive=False) if nullable else left[0]
        return Expression(left[0], nullable, written)
    return Expression(UnionOf(left, None, exclusive), nullable, UnionOf(tuple(members), None, exclusive))


def or_null(type_: Type) -> Type:
    """`type_`, or null."""
    if isinstance(type_, UnionOf):
        return type_ if NULL in type_.variants else replace(type_, variants=(*type_.variants, NULL))
    return UnionOf((type_, NULL), exclusive=False)


def parse_type(text: str, known: Collection[str]) -> Expression:
    """The type that `text` stands for; `known` are the named types there are.

    Raises:
        ScaffoldError: SC211 for what cannot be read, SC212 for an unknown name.
    """
    tokens = _tokens(text)
    parser = _Parser(text, tokens, known)
    made = parser.union(0)
    if parser.position < len(tokens):
        raise _unreadable(text, f"`{tokens[parser.position]}` is too much")
    return made


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text, f"nothing readable at `{text[position:].strip()[:20]}`")
        tokens.append(found[1])
        position = found.end()
    if not tokens:
        raise _unreadable(text, "it is empty")
    return tokens


class _Parser:
    def __init__(self, text: str, tokens: list[str], known: Collection[str]) -> None:
        self.text = text
        self.tokens = tokens
        self.known = known
        self.position = 0

    def union(self, depth: int) -> Expression:
        if depth > MAX_NESTING:
            raise _unreadable(self.text, f"it is nested more than {MAX_NESTING} deep")
        members: list[Type] = []
        while True:
            if self.peek() == "null":
                self.take()
                members.append(NULL)
            else:
                members.append(self.one(depth))
            if members[-1] in members[:-1]:
                raise _unreadable(self.text, f"`{members[-1]}` stands in it twice")
            if self.peek() != "|":
                break
            self.take()
        if members == [NULL]:
            raise _unreadable(self.text, "null alone is no type")
        return gathered(members)

    def one(self, depth: int) -> Type:
        word = self.take()
        if word == "list":
            self.need("[")
            items = self.inner(depth)
            self.need("]")
            return ListOf(items)
        if word == "map":
            self.need("[")
            if self.take() != "str":
                raise _unreadable(self.text, "the keys of a map are `str`: `map[str, int]`")
            self.need(",")
            held = self.inner(depth)
            self.need("]")
            return MapOf(held)
        if word in "[],|?":
            raise _unreadable(self.text, f"`{word}` where a type should be")
        if word in _KINDS:
            return Scalar(_KINDS[word])
        if word in self.known:
            return Ref(word)
        raise ScaffoldError(Diagnostic("SC212", f"there is no type `{word}`", help=self.meant(word)))

    def inner(self, depth: int) -> Type:
        return self.union(depth + 1).whole

    def meant(self, word: str) -> str:
        if word in _FOREIGN:
            return f"write `{_FOREIGN[word]}`"
        if nearest(word, [*self.known, *_KINDS]) is None and len(self.known) > 12:
            return f"declare it under `types:`, or use one of {', '.join(f'`{k}`' for k in _KINDS)}"
        return did_you_mean(word, [*self.known, *_KINDS, "list", "map"])

    def peek(self) -> str | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> str:
        token = self.peek()
        if token is None:
            raise _unreadable(self.text, "it ends too early")
        self.position += 1
        return token

    def need(self, token: str) -> None:
        found = self.peek()
        if found != token:
            raise _unreadable(self.text, f"`{token}` should come " + (f"before `{found}`" if found else "at the end"))
        self.take()


def _unreadable(text: str, cause: str) -> ScaffoldError:
    return ScaffoldError(
        Diagnostic(
            "SC211",
            f"`{text}` is no type: {cause}",
            help="a type is `str`, `int | null`, `list[User]`, `map[str, int]`, `Card | Wallet` "
            "or a name under `types:`",
        )
    )
