"""What must hold of a contract when all changes of its version are told: unions, envelopes, and who is let in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..contract.changes.base import listing
from ..contract.contract import Contract
from ..contract.held_back import usual
from ..contract.named_types import AliasType, NamedType, ObjectType
from ..contract.operation import Action, mentioned
from ..contract.paging import PLACES, pagination_of
from ..contract.types import ListOf, MapOf, Ref, Type, UnionOf
from ..contract.ungiven import lacks_value, ungiven
from ..diagnostics import Diagnostic, Span, did_you_mean
from .envelope import template_words
from .findings import Findings
from .owners import unowned
from .unions import discriminator_problems, subject


@dataclass(frozen=True)
class Problem:
    """What is wrong, and by what names its place may be known."""

    diagnostic: Diagnostic
    subjects: tuple[str, ...]


def tell_whole(
    contract: Contract,
    places: Mapping[str, Span],
    known: set[str],
    findings: Findings,
    steps: Iterable[tuple[Contract, Span]],
    broken: Collection[str] = (),
    older: Contract | None = None,
) -> None:
    """Tell what is wrong with `contract`: at its place, or else where the first of the `steps` to it is that has it.

    What is in `known` is not told again, and what follows from one of the `broken` names not at all.
    """
    for problem in whole_problems(contract, older):
        message = problem.diagnostic.message
        if message not in known:
            known.add(message)
            if any(f"`{name}`" in message for name in broken):
                continue
            place = next((places[s] for s in problem.subjects if s in places), None) or _first(message, steps, older)
            findings.put(problem.diagnostic.at(place))


def _first(message: str, steps: Iterable[tuple[Contract, Span]], older: Contract | None) -> Span | None:
    """The place of the first step after which `message` is true; of the last one where that is not known."""
    span = None
    for contract, span in steps:
        if any(p.diagnostic.message == message for p in whole_problems(contract, older)):
            return span
    return span


def whole_problems(contract: Contract, older: Contract | None = None) -> Iterator[Problem]:
    """What is wrong with `contract` as a whole, which came after `older`; without places."""
    yield from _aliases(contract)
    for type_ in _stated(contract):
        for union in _unions(type_):
            for message, help_ in discriminator_problems(union, contract.types):
                yield Problem(Diagnostic("SC231", message, help=help_), (subject(union),))
    yield from _schemes(contract)
    yield from (Problem(diagnostic, (type_,)) for type_, diagnostic in unowned(contract))
    yield from _usual(contract)
    yield from _ungiven(contract, older)
    yield from _envelope(contract)


def _stated(contract: Contract) -> Iterator[Type]:
    for named in contract.types.values():
        yield from _held(named)
    for operation in contract.operations:
        yield from mentioned(operation)


def _held(named: NamedType) -> Iterator[Type]:
    if isinstance(named, AliasType):
        yield named.type
    elif isinstance(named, ObjectType):
        yield from (f.type for f in named.fields)
        if named.rest is not None:
            yield named.rest


def _unions(type_: Type) -> Iterator[UnionOf]:
    match type_:
        case UnionOf(variants):
            yield type_
            for variant in variants:
                yield from _unions(variant)
        case ListOf(items=inner) | MapOf(values=inner):
            yield from _unions(inner)
        case _:
            return


def _aliases(contract: Contract) -> Iterator[Problem]:
    """Aliases that stand for themselves."""
    for name, named in contract.types.items():
        if isinstance(named, AliasType) and name in _stands_for(named.type, contract, {name}):
            help_ = "write what it is; only inside a list, a map or an object may it mention itself"
            yield Problem(Diagnostic("SC220", f"`{name}` stands for itself", help=help_), (name,))


def _stands_for(type_: Type, contract: Contract, seen: set[str]) -> set[str]:
    """The names that `type_` stands for, without the ones inside lists, maps and objects."""
    if isinstance(type_, UnionOf):
        return {name for v in type_.variants for name in _stands_for(v, contract, seen)}
    if not isinstance(type_, Ref):
        return set()
    named = contract.types.get(type_.name)
    if not isinstance(named, AliasType) or type_.name in seen:
        return {type_.name}
    return {type_.name} | _stands_for(named.type, contract, seen | {type_.name})


def _schemes(contract: Contract) -> Iterator[Problem]:
    """Ways to be let in that nothing says."""
    known = list(contract.security_schemes)
    ways = [("the whole API", contract.security)]
    ways += [(f"`{o.address}`", o.security) for o in contract.operations if o.security is not None]
    for at, requirements in ways:
        for name in dict.fromkeys(name for way in requirements for name, _ in way):
            if name not in contract.security_schemes:
                help_ = did_you_mean(name, known) if known else "state it under `auth: {schemes: …}`"
                message = f"{at} asks for `{name}`, and there is no such scheme"
                yield Problem(Diagnostic("SC232", message, help=help_), (f"scheme {name}",))


def _usual(contract: Contract) -> Iterator[Problem]:
    """What callers who send nothing would be taken to have asked for, though it is held back."""
    for at, value in usual(contract):
        header = "" if value.opt_in is None else value.opt_in.header
        message = f"`{at}` would be `{value.value}` where nothing is sent, which is for callers who send `{header}`"
        help_ = "let another value stand there, one that everybody is shown"
        yield Problem(Diagnostic("SC350", message, help=help_), (at,))


def _ungiven(contract: Contract, older: Contract | None) -> Iterator[Problem]:
    """Fields of new objects that nothing gives a value; of those in older ones the change says what does (SC320)."""
    for owner, field in ungiven(contract):
        if older is None or owner.identity not in older.types_by_identity or lacks_value(older, field.identity):
            message = f"`{owner.name}.{field.name}` is read-only and always there, and nothing gives it its value"
            help_ = f"say `default`, `on_create: now` or a hook, or `computed`; or make it `{field.name}?`"
            yield Problem(Diagnostic("SC238", message, help=help_), (f"{owner.name}.{field.name}", owner.name))


def _envelope(contract: Contract) -> Iterator[Problem]:
    """Places of the envelope that nothing can fill, as lists are paged."""
    styles = {pagination_of(contract, o).style for o in contract.operations if o.action is Action.LIST}
    for style in styles:
        known = ("$items", "$total", "$version", *PLACES[style])
        for word in template_words(contract.envelope.template):
            if word.startswith("$") and word not in known:
                message = f"the envelope has `{word}`, and lists are paged by `{style}`"
                help_ = f"such a page can say {listing(known)}: change the envelope, or the pagination"
                yield Problem(Diagnostic("SC229", message, help=help_), ("envelope",))
