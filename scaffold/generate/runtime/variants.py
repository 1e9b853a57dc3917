"""Values of one of several types, on the wire: each knows which of them it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast, get_type_hints

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .absent import ABSENT

C = TypeVar("C", bound=type)
K = TypeVar("K")
V = TypeVar("V")


class OneOf:
    """A value of one of several types: a subclass names them as its attributes, of which each value has one.

    It is read as the variant that fits: `exclusive` ones must fit alone. Objects that are told apart by a field are
    what the word in it says, one of `words`; what has no such field is tried against every variant.
    """

    __slots__ = ("tag", "value")
    tag: str
    """The attribute that is there."""
    value: Any
    told_by: ClassVar[str | None] = None
    words: ClassVar[Mapping[str, str]] = {}
    exclusive: ClassVar[bool] = True

    def __init_subclass__(
        cls, *, told_by: str | None = None, words: Mapping[str, str] | None = None, exclusive: bool = True
    ) -> None:
        cls.told_by, cls.words, cls.exclusive = told_by, words or {}, exclusive

    def __init__(self, **chosen: Any) -> None:
        ((self.tag, self.value),) = chosen.items()

    def __getattr__(self, name: str) -> Any:
        if name not in ("tag", "value") and name == self.tag:
            return self.value
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        # What is sent and what is shown may be classes of their own, which call a variant the same.
        return isinstance(other, OneOf) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self.tag)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.tag}={self.value!r})"

    def _said(self) -> tuple[str, Any]:
        return self.tag, self.value

    @classmethod
    def variants(cls) -> dict[str, Any]:
        """The type of each variant, by its attribute."""
        hints = get_type_hints(cls, include_extras=True)
        return {name: hints[name] for name in cls.__annotations__}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        choices = {name: cls._choice(name, handler.generate_schema(type_)) for name, type_ in cls.variants().items()}
        tagged = core_schema.tagged_union_schema(choices, discriminator=_tag)
        return core_schema.no_info_wrap_validator_function(cls._read, tagged)

    @classmethod
    def _choice(cls, name: str, inner: CoreSchema) -> CoreSchema:
        def read(chosen: OneOf, validate: Callable[[Any], Any]) -> OneOf:
            return cls(**{name: validate(chosen.value)})

        def shown(chosen: OneOf, dump: Callable[[Any], Any]) -> Any:
            return dump(chosen.value)

        serialization = core_schema.wrap_serializer_function_ser_schema(shown, schema=inner)
        return core_schema.no_info_wrap_validator_function(read, inner, serialization=serialization)

    @classmethod
    def _read(cls, value: Any, validate: Callable[[Any], Any]) -> Any:
        if isinstance(value, cls):
            return validate(value)
        if isinstance(value, OneOf):  # of another class: it is what it holds
            value = value.value
        if cls.told_by is not None and isinstance(value, dict) and cls.told_by in value:
            word = value[cls.told_by]
            if not isinstance(word, str) or word not in cls.words:
                said = {"field": cls.told_by, "words": ", ".join(cls.words)}
                raise PydanticCustomError("one_of", "Field {field} should be one of {words}", said)
            return validate(cls(**{cls.words[word]: value}))
        found: list[OneOf] = []
        errors: dict[str, ValidationError] = {}
        for name in cls.__annotations__:
            try:
                found.append(validate(cls(**{name: value})))
            except ValidationError as error:
                errors[name] = error
            if found and not cls.exclusive:
                break
        if len(found) == 1:
            return found[0]
        if found:
            fitting = ", ".join(chosen.tag for chosen in found)
            raise PydanticCustomError("one_of", "Input should be one type alone, not {types}", {"types": fitting})
        raise errors[_nearest(errors)]

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        made = handler(core)
        options = made.pop("oneOf", [])
        made["oneOf" if cls.exclusive else "anyOf"] = options
        if cls.told_by is not None:
            made["discriminator"] = {"propertyName": cls.told_by}
        return made


def same_variant(shown: OneOf | None, sent: OneOf | None, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether `sent` is what a caller was `shown`: of an object the fields, `names` by variant, that it may write."""
    if shown is None or sent is None or shown.tag != sent.tag:
        return shown is sent
    if sent.tag not in names:
        return bool(shown.value == sent.value)
    return all(shown.value.get(name, ABSENT) == sent.value.get(name, ABSENT) for name in names[sent.tag])


def filled_variant(sent: Any, ways: Mapping[str, Callable[[Any], Any]]) -> Any:
    """What was `sent` of one of several types, as its own way in `ways` makes it whole, if there is one."""
    return (
        type(sent)(**{sent.tag: ways[sent.tag](sent.value)}) if isinstance(sent, OneOf) and sent.tag in ways else sent
    )


def _tag(chosen: OneOf) -> str:
    return chosen.tag


def _nearest(errors: Mapping[str, ValidationError]) -> str:
    """The variant that a value comes nearest to: of the same kind, with the fewest faults."""
    return min(errors, key=lambda name: (_is_other(errors[name]), errors[name].error_count()))


def _is_other(error: ValidationError) -> bool:
    """Whether a value is of another kind altogether: a number where an object was wanted."""
    return any(len(found["loc"]) <= 1 and found["type"].endswith("_type") for found in error.errors())


def open_to(type_: Callable[[], Any]) -> Callable[[C], C]:
    """For a TypedDict whose unknown keys hold values of a type, given as a function since it may be made later."""

    def opened(cls: C) -> C:
        def schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
            made = handler(source)
            inner: Any = handler.resolve_ref_schema(made)
            inner |= {"extra_behavior": "allow", "extras_schema": handler.generate_schema(type_())}
            return made

        setattr(cls, "__get_pydantic_core_schema__", schema)  # noqa: B010  # what Pydantic asks a type for
        return cls

    return opened


class Open(dict[K, V]):
    """A table of the values of an open enum: a text that is not among its keys stays what it is."""

    def __missing__(self, key: K) -> V:
        return cast("V", key)


class OpenMeaning(dict[K, tuple[V, ...]]):
    """For each value of an open enum those that are shown as it; a text that is not among its keys is its own."""

    def __missing__(self, key: K) -> tuple[V, ...]:
        return (cast("V", key),)


class Otherwise(dict[K, V]):
    """A table of the values of an enum that is closed for its readers: any other text is shown as `otherwise`."""

    def __init__(self, rows: Mapping[K, V], otherwise: V) -> None:
        super().__init__(rows)
        self.otherwise = otherwise

    def __missing__(self, key: K) -> V:
        return self.otherwise


class Except(tuple[V, ...]):
    """Stands for every value but these."""

    __slots__ = ()


__all__ = ["Except", "OneOf", "Open", "OpenMeaning", "Otherwise", "filled_variant", "open_to", "same_variant"]
