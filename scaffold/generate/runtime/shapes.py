"""The form of a value on the wire: bytes to typed values and back, and the envelope around a page of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, TypeAdapter, create_model
from typing_extensions import TypedDict

from .paging import Page

T = TypeVar("T")

_building = RLock()
_typed_dict: Any = TypedDict  # called with what type checkers cannot know


class Shape(Generic[T]):
    """A type of the wire, usually a TypedDict, that reads and writes JSON.

    Making one costs nothing: its validator is built at the first use, once, also when threads meet there.
    Reading is strict: `"1"` is no integer, while dates, UUIDs and decimals are text as JSON has it.
    """

    __slots__ = ("_many", "_one", "type")

    def __init__(self, type_: type[T] | Any) -> None:  # Any: unions and the like are no classes
        self.type: Any = type_
        self._one: TypeAdapter[T] | None = None
        self._many: TypeAdapter[list[T]] | None = None

    def __repr__(self) -> str:
        return f"Shape({getattr(self.type, '__name__', self.type)})"

    @property
    def one(self) -> TypeAdapter[T]:
        """The adapter of one value."""
        with _building:
            if self._one is None:
                self._one = TypeAdapter(self.type)
            return self._one

    @property
    def many(self) -> TypeAdapter[list[T]]:
        """The adapter of a list of values."""
        with _building:
            if self._many is None:
                item: Any = self.type
                self._many = TypeAdapter(list[item])
            return self._many

    def read(self, data: bytes) -> T:
        """The value in `data`. Raises `pydantic.ValidationError` where it is not of this shape."""
        return (self._one or self.one).validate_json(data, strict=True)

    def read_list(self, data: bytes) -> list[T]:
        """The values in `data`, a JSON array. Raises `pydantic.ValidationError`."""
        return (self._many or self.many).validate_json(data, strict=True)

    def take(self, value: object) -> T:
        """The value that `value` is: JSON that is read already, bytes where a file stands in it.

        Raises `pydantic.ValidationError` where it is not of this shape.
        """
        return (self._one or self.one).validate_python(value, strict=True)

    def plain(self, value: T) -> Any:
        """`value` as JSON that is not written yet: dicts, lists, texts and numbers."""
        return (self._one or self.one).dump_python(value, mode="json")

    def restored(self, value: Any) -> T:
        """The value that `plain` made `value` of."""
        return self.take(value)

    def write(self, value: T) -> bytes:
        """`value` as JSON."""
        return (self._one or self.one).dump_json(value)

    def write_list(self, values: list[T]) -> bytes:
        """`values` as a JSON array."""
        return (self._many or self.many).dump_json(values)


class Late(Shape[T]):
    """A shape whose type is asked for at the first use: modules whose types hold each other are all there by then."""

    __slots__ = ("_asked",)

    def __init__(self, asked: Callable[[], Any]) -> None:
        super().__init__(None)
        self._asked = asked

    @property
    def one(self) -> TypeAdapter[T]:
        """The adapter of one value."""
        with _building:
            self.type = self._asked()
            return super().one


class Wrapped(Shape[T]):
    """A shape whose values travel as the only field of an object: `{"user": …}`. What is read is what stands in it."""

    __slots__ = ("name",)

    def __init__(self, inner: Shape[T], name: str) -> None:
        super().__init__(_typed_dict("Wrapped", {name: inner.type}))
        self.name = name

    def read(self, data: bytes) -> T:
        """The value in the object that `data` is. Raises `pydantic.ValidationError`."""
        return self._inside(super().read(data))

    def write(self, value: T) -> bytes:
        """The object with `value` in it, as JSON."""
        around: Any = {self.name: value}
        return super().write(around)

    def _inside(self, found: Any) -> T:
        inner: T = found[self.name]
        return inner


class Envelope:
    """What stands around the items of a page, such as `{"data": "$items", "meta": {"total": "$total"}}`.

    `$items`, `$total`, `$limit`, `$offset`, `$page`, `$pages`, `$next` and `$version` are filled in; everything else
    is sent as it is.
    The template None is no envelope: the items alone. Raises ValueError for a template without `$items`, or
    with a name it does not know.
    """

    NUMBERS = ("total", "limit", "offset", "page", "pages")

    def __init__(self, template: Mapping[str, Any] | None = None, version: str = "") -> None:
        self.template = template
        self._before = self._after = b""
        if template is None:
            return
        marks: dict[str, str] = {}
        text = json.dumps(_marked(template, version, marks), separators=(",", ":"), ensure_ascii=False)
        text = text.replace("%", "%%")
        for mark, name in marks.items():
            text = text.replace(json.dumps(mark), "\0" if name == "items" else f"%({name})s")
        if text.count("\0") != 1:
            raise ValueError("an envelope has $items exactly once")
        before, after = text.split("\0")
        self._before, self._after = before.encode(), after.encode()

    @property
    def is_bare(self) -> bool:
        """Whether the items stand alone."""
        return self.template is None

    def wrap(self, items: bytes, page: Page[Any]) -> bytes:
        """The body of a page: `items` is a JSON array."""
        if self.template is None:
            return items
        numbers = (page.total, page.limit, page.offset, page.number, page.count)
        said = {name.encode(): b"%d" % number for name, number in zip(self.NUMBERS, numbers, strict=True)}
        said[b"next"] = json.dumps(page.next or None).encode()
        return b"".join((self._before % said, items, self._after % said))

    def open(self, body: bytes) -> bytes:
        """The items in the body of a page, as a JSON array. Raises KeyError where the envelope is not there."""
        if self.template is None:
            return body
        return json.dumps(_found(self.template, json.loads(body))).encode()

    def model(self, item: Any, name: str = "Page") -> Any:
        """The type of a page of `item`, for the document."""
        return list[item] if self.template is None else _model(self.template, item, name)


def _marked(template: Any, version: str, marks: dict[str, str]) -> Any:
    """The template with a mark that no text can be mistaken for in each place to fill."""
    if isinstance(template, Mapping):
        return {key: _marked(value, version, marks) for key, value in template.items()}
    if not (isinstance(template, str) and template.startswith("$")):
        return template
    name = template[1:]
    if name == "version":
        return version
    if name not in ("items", "next", *Envelope.NUMBERS):
        raise ValueError(f"an envelope knows no {template}")
    mark = f"\1{name}"
    marks[mark] = name
    return mark


def _found(template: Mapping[str, Any], body: Any) -> Any:
    for key, value in template.items():
        if value == "$items":
            return body[key]
        if isinstance(value, Mapping) and (inner := _found(value, body[key])) is not None:
            return inner
    return None


def _model(template: Mapping[str, Any], item: Any, name: str) -> Any:
    fields: dict[str, Any] = {}
    for position, (key, value) in enumerate(template.items()):
        type_: Any = Literal[value] if isinstance(value, str | int) else type(value)
        if isinstance(value, Mapping):
            type_ = _model(value, item, name + key.title())
        elif value == "$items":
            type_ = list[item]
        elif isinstance(value, str) and value[1:] in Envelope.NUMBERS and value.startswith("$"):
            type_ = Annotated[int, Field(ge=1 if value in ("$limit", "$page") else 0)]
        elif value == "$next":
            type_ = str | None
        elif value == "$version":
            type_ = str
        elif isinstance(value, Sequence) and not isinstance(value, str):
            type_ = list[Any]
        fields[f"field_{position}"] = (type_, Field(alias=key))
    return create_model(name, **fields)
