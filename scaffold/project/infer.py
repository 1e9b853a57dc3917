"""Light type inference: what an expression is, as far as annotations and assignments tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scaffold.project.modules import Code, Function, Module, Type, annotated, dotted_name, union

Names = Mapping[str, Type | None]

_LISTS = frozenset({"list", "sorted", "tuple", "set", "frozenset", "reversed", "iter"})
_ITERABLES = _LISTS | {
    *("deque", "List", "Tuple", "Set", "FrozenSet", "Sequence", "MutableSequence", "Collection", "Iterable"),
    *("Iterator", "Generator", "AsyncIterable", "AsyncIterator", "AsyncGenerator"),
}
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict"})
_AWAITABLES = frozenset({"Awaitable", "Coroutine", "Future", "Task"})
_SAME = frozenset({"dataclasses.replace", "copy.replace", "copy.copy", "copy.deepcopy"})
_NOTHING = frozenset({"None", "Absent", "NoneType"})


@dataclass(frozen=True, slots=True)
class Inference:
    """The types of expressions in one module, given the types of names around them."""

    code: Code
    module: Module

    def of(self, node: ast.expr, names: Names) -> Type | None:
        """The type of an expression, None where it is not known."""
        match node:
            case ast.Name(id=name):
                return names[name] if name in names else self._class(node)
            case ast.Attribute(value=value, attr=attr):
                owner = self.of(value, names)
                return self._class(node) if owner is None else self.member(owner, attr)
            case ast.Await(value=value):
                found = self.of(value, names)
                return found.args[-1] if found and found.last in _AWAITABLES and found.args else found
            case ast.Call():
                return self._call(node, names)
            case ast.Subscript(value=value, slice=key):
                return self._item(node, self.of(value, names), isinstance(key, ast.Slice))
            case ast.IfExp(body=body, orelse=orelse):
                return union(self.of(body, names), self.of(orelse, names))
            case ast.BoolOp(values=values):
                return union(*(self.of(value, names) for value in values))
            case ast.NamedExpr(value=value):
                return self.of(value, names)
            case ast.Constant(value=value):
                return Type(type(value).__name__)
            case ast.JoinedStr():
                return Type("str")
            case ast.List(elts=elts) | ast.Set(elts=elts) if elts:
                return _listed(union(*(self.of(elt, names) for elt in elts)))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return _listed(self.of(node.elt, self.inside_comprehension(node.generators, names)))
            case _:
                return None

    def inside_comprehension(self, generators: list[ast.comprehension], names: Names) -> dict[str, Type | None]:
        """The names inside a comprehension."""
        inner = dict(names)
        for generator in generators:
            inner.update(bound(generator.target, self.element(self.of(generator.iter, inner))))
        return inner

    def element(self, type_: Type | None) -> Type | None:
        """What iterating over a type gives."""
        if type_ is None:
            return None
        if type_.last in _ITERABLES or type_.last in _MAPPINGS:
            return known(type_.args[0]) if type_.args else None
        for method in ("__iter__", "__aiter__", "__getitem__"):
            given = self.member(Type("bound", (type_,)), method)
            if given is not None:
                return given if method == "__getitem__" else self.element(given)
        return None

    def entered(self, type_: Type | None) -> Type | None:
        """What `with` binds for a type."""
        if type_ is None:
            return None
        if type_.last in _ITERABLES or type_.last.endswith("ContextManager"):
            return known(type_.args[0]) if type_.args else None
        enter = self.member(Type("bound", (type_,)), "__enter__")
        return enter or self.member(Type("bound", (type_,)), "__aenter__")

    def member(self, owner: Type, name: str) -> Type | None:
        """The type of an attribute; for `bound` owners, what calling the method gives."""
        called = owner.name == "bound"
        owner = owner.args[0] if called or owner.name == "type" else owner
        if owner.name == "|":
            return union(*(self.member(m, name) for m in owner.args if m.last not in _NOTHING))
        for type_, module, class_ in self.lineage(owner):
            found = self._declared(module, class_, name, called)
            if found is not None:
                return known(_substitute(found, _given(module, class_, type_)))
        return None

    def lineage(self, type_: Type) -> Iterator[tuple[Type, Module, ast.ClassDef]]:
        """A class and those it inherits from, nearest first, each with the arguments it has here."""
        pending, seen = [type_], set[str]()
        while pending:
            current = pending.pop(0)
            found = self.code.class_of(current.name)
            if found is None or current.name in seen:
                continue
            seen.add(current.name)
            module, class_ = found
            yield current, module, class_
            given = _given(module, class_, current)
            bases = (annotated(self.code, module, base) for base in class_.bases)
            pending += [_substitute(base, given) for base in bases if base is not None]

    def is_a(self, type_: Type, name: str) -> bool:
        """Whether a type is the class of that qualified name, or inherits from it."""
        return type_.name == name or any(
            name in (current.name, *(b.name for b in self._bases(current))) for current, _, _ in self.lineage(type_)
        )

    def method(self, owner: Type, name: str) -> Iterator[tuple[Module, Function]]:
        """The definitions of a method along the inheritance."""
        for _, module, class_ in self.lineage(owner):
            for node in class_.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                    yield module, node

    def _bases(self, type_: Type) -> list[Type]:
        found = self.code.class_of(type_.name)
        bases = [] if found is None else [annotated(self.code, found[0], base) for base in found[1].bases]
        return [base for base in bases if base is not None]

    def _class(self, node: ast.expr) -> Type | None:
        """The class that a name stands for, as a class."""
        dotted = dotted_name(node)
        name = None if dotted is None else self.code.qualify(self.module, dotted)
        is_class = name is not None and (self.code.class_of(name) is not None or name.rpartition(".")[2][:1].isupper())
        return Type("type", (Type(name),)) if name is not None and is_class and self.code.known(name) else None

    def _call(self, node: ast.Call, names: Names) -> Type | None:
        dotted = dotted_name(node.func)
        local = dotted is None or dotted.partition(".")[0] in names
        name = "" if local or dotted is None else self.code.qualify(self.module, dotted)
        first = node.args[0] if node.args else None
        if name in _SAME and first is not None:
            return self.of(first, names)
        if name in ("typing.cast", "cast") and first is not None:
            return known(annotated(self.code, self.module, first))
        if name in _LISTS and first is not None:
            return _listed(self.element(self.of(first, names)))
        if name in ("next", "anext") and first is not None:
            return self.element(self.of(first, names))
        if name == "super":
            return self._super(names)
        function = self.code.function_of(name) if name else None
        if function is not None:
            return known(annotated(self.code, function[0], function[1].returns))
        if isinstance(node.func, ast.Attribute):
            owner = self.of(node.func.value, names)
            if owner is not None:
                return self.member(Type("bound", (owner,)), node.func.attr)
        called = self.of(node.func, names)
        return called.args[0] if called is not None and called.name == "type" else None

    def _super(self, names: Names) -> Type | None:
        here = names.get("self") or names.get("cls")
        here = here.args[0] if here is not None and here.name == "type" else here
        bases = [] if here is None else self._bases(here)
        return bases[0] if bases else None

    def _item(self, node: ast.Subscript, owner: Type | None, is_slice: bool) -> Type | None:
        if owner is None:
            return None
        if owner.name == "type":
            whole = known(annotated(self.code, self.module, node))
            return None if whole is None else Type("type", (whole,))
        if owner.last in _MAPPINGS:
            return known(owner.args[1]) if len(owner.args) > 1 else None
        return owner if is_slice else self.element(owner)

    def _declared(self, module: Module, class_: ast.ClassDef, name: str, called: bool) -> Type | None:
        """What the body of a class says of a member."""
        for node in class_.body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
                return None if called else annotated(self.code, module, node.annotation)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                is_property = any((dotted_name(d) or "").endswith("property") for d in node.decorator_list)
                return annotated(self.code, module, node.returns) if called != is_property else None
            if isinstance(node, ast.FunctionDef) and node.name == "__init__" and not called:
                found = self._set_in_init(module, node, name)
                if found is not None:
                    return found
        return None

    def _set_in_init(self, module: Module, init: ast.FunctionDef, name: str) -> Type | None:
        """The type of `self.name` where `__init__` annotates it, or sets it from what is annotated."""
        given = {arg.arg: arg.annotation for arg in [*init.args.args, *init.args.kwonlyargs]}
        for node in ast.walk(init):
            match node:
                case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=attr), annotation=said):
                    if attr == name:
                        return annotated(self.code, module, said)
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attr)], value=value):
                    names = {arg: annotated(self.code, module, said) for arg, said in given.items() if arg != "self"}
                    if attr == name:
                        return Inference(self.code, module).of(value, names)
                case _:
                    pass
        return None


def bound(target: ast.expr, type_: Type | None) -> dict[str, Type | None]:
    """The names that assigning a value of that type to `target` binds."""
    if isinstance(target, ast.Name):
        return {target.id: type_}
    if isinstance(target, ast.Starred):
        return bound(target.value, None)
    if isinstance(target, ast.Tuple | ast.List):
        parts = type_.args if type_ is not None and type_.last in ("tuple", "Tuple") else ()
        given = parts if len(parts) == len(target.elts) else (None,) * len(target.elts)
        return {name: t for elt, part in zip(target.elts, given, strict=True) for name, t in bound(elt, part).items()}
    return {}


def known(type_: Type | None) -> Type | None:
    """The type itself, None when it is a type variable or something else that tells nothing."""
    if type_ is None or type_.name.startswith("?"):
        return None
    return None if type_.name == "|" and any(known(m) is None for m in type_.args) else type_


def something(type_: Type) -> tuple[Type, ...]:
    """The members of a type that are not None and not absent."""
    return tuple(m for m in (type_.args if type_.name == "|" else (type_,)) if m.last not in _NOTHING)


def _listed(element: Type | None) -> Type:
    return Type("list", (element or Type("?"),))


def _given(module: Module, class_: ast.ClassDef, type_: Type) -> dict[str, Type]:
    """What the type variables around a class stand for in `type_`; those that nothing says of tell nothing."""
    unknown = dict.fromkeys(_variables(module.tree), Type("?"))
    return unknown | dict(zip(_parameters(module, class_), type_.args, strict=False))


def _parameters(module: Module, class_: ast.ClassDef) -> list[str]:
    """The type parameters of a class, in order: those it states, else those that its bases are given."""
    stated: list[str] = []
    given: list[str] = []
    for base in class_.bases:
        if isinstance(base, ast.Subscript):
            names = [node.id for node in ast.walk(base.slice) if isinstance(node, ast.Name)]
            generic = (dotted_name(base.value) or "").endswith(("Generic", "Protocol"))
            (stated if generic else given).extend(names)
    named = [parameter.name for parameter in getattr(class_, "type_params", [])]  # Python 3.12 on
    return named or stated or list(dict.fromkeys(n for n in given if n in _variables(module.tree)))


@lru_cache(maxsize=256)
def _variables(tree: ast.Module) -> frozenset[str]:
    """The type variables that a module makes."""
    made = [n for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.value, ast.Call)]
    calls = [(n.targets, dotted_name(n.value.func) or "") for n in made if isinstance(n.value, ast.Call)]
    found = (t.id for targets, name in calls if name.endswith("TypeVar") for t in targets if isinstance(t, ast.Name))
    return frozenset(found)


def _substitute(type_: Type, given: Mapping[str, Type]) -> Type:
    if not type_.args:
        return given.get(type_.last, type_)
    args = tuple(_substitute(arg, given) for arg in type_.args)
    return (union(*args) or Type("?")) if type_.name == "|" else Type(type_.name, args)
