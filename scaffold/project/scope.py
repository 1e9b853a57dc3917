"""Walk a module statement by statement, and know the type of each name on the way."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from scaffold.project.infer import Inference, bound, known
from scaffold.project.modules import Code, Function, Module, Type, annotated, dotted_name

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
Branch = tuple[Sequence[ast.stmt], dict[str, Type | None]]


class ScopeWalker(ast.NodeVisitor):
    """Keeps the types of the names in reach while it goes through a module; None is a type not known."""

    def __init__(self, code: Code, module: Module) -> None:
        self.code, self.module = code, module
        self.infer = Inference(code, module)
        self.names: dict[str, Type | None] = {}
        self.within: Type | None = None

    def block(self, body: Sequence[ast.stmt]) -> bool:
        """Visit statements in order; whether control never comes out at the end."""
        for statement in body:
            self.visit(statement)
        return bool(body) and isinstance(body[-1], _LEAVES)

    def branches(self, *branches: Branch) -> None:
        """Visit alternatives, each with its own narrowed names, then keep what all that go on agree on."""
        before, ends = self.names, []
        for body, narrowed in branches:
            self.names = {**before, **narrowed}
            if not self.block(body):
                ends.append(self.names)
        ends = ends or [before]
        self.names = {n: t for n, t in ends[0].items() if all(n in end and end[n] == t for end in ends)}
        self.names.update({n: None for end in ends for n in end if n not in self.names})

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_all([*node.decorator_list, *node.bases, *node.keywords])
        outer, names = self.within, self.names
        self.within, self.names = Type(f"{self.module.name}.{node.name}"), dict(names)
        self.block(node.body)
        self.within, self.names = outer, names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: Function) -> None:
        arguments = node.args
        self.visit_all([*node.decorator_list, *arguments.defaults, *(d for d in arguments.kw_defaults if d)])
        within, names = self.within, self.names
        self.names = {**names, **self._parameters(node)}
        self.within = None
        self.block(node.body)
        self.within, self.names = within, names

    def _parameters(self, node: Function) -> dict[str, Type | None]:
        positional = [*node.args.posonlyargs, *node.args.args]
        types = {a.arg: self.annotation(a.annotation) for a in [*positional, *node.args.kwonlyargs]}
        for extra in (node.args.vararg, node.args.kwarg):
            if extra is not None:
                types[extra.arg] = None
        if self.within is None:
            return types
        decorators = {dotted_name(d) for d in node.decorator_list}
        if positional and "staticmethod" not in decorators:
            is_class = "classmethod" in decorators
            types[positional[0].arg] = Type("type", (self.within,)) if is_class else self.within
        for module, base in self.infer.method(self.within, node.name):
            for place, said in enumerate([*base.args.posonlyargs, *base.args.args, *base.args.kwonlyargs]):
                same = positional[place].arg if 0 < place < len(positional) else said.arg
                name = said.arg if said.arg in types else same
                if types.get(name, said) is None:
                    types[name] = known(annotated(self.code, module, said.annotation))
        return types

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        type_ = self.infer.of(node.value, self.names)
        for target in node.targets:
            self.visit(target)
            self.names.update(bound(target, type_))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit_all([node.value] if node.value else [])
        self.visit(node.target)
        self.names.update(bound(node.target, self.annotation(node.annotation)))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.names.update(bound(node.target, self.infer.of(node.value, self.names)))

    def visit_For(self, node: ast.For) -> None:
        self._loop(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self._loop(node)

    def _loop(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        item = bound(node.target, self.infer.element(self.infer.of(node.iter, self.names)))
        self.visit(node.target)
        self.branches((node.body, item), ((), {}))
        self.block(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self.branches((node.body, self.narrowed(node.test)[0]), ((), {}))
        self.block(node.orelse)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        yes, no = self.narrowed(node.test)
        self.branches((node.body, yes), (node.orelse, no))

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        self.names.update(self.narrowed(node.test)[0])

    def visit_With(self, node: ast.With) -> None:
        self._with(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        self._with(node)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                given = self.infer.entered(self.infer.of(item.context_expr, self.names))
                self.names.update(bound(item.optional_vars, given))
        self.block(node.body)

    def visit_Try(self, node: ast.Try) -> None:
        handlers: list[Branch] = [(h.body, {h.name: None} if h.name else {}) for h in node.handlers]
        self.branches(([*node.body, *node.orelse], {}), *handlers)
        self.block(node.finalbody)

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        subject = node.subject.id if isinstance(node.subject, ast.Name) else None
        cases: list[Branch] = []
        for case in node.cases:
            self.visit(case.pattern)
            class_ = case.pattern.cls if isinstance(case.pattern, ast.MatchClass) else None
            cases.append((case.body, {subject: self.annotation(class_)} if subject and class_ else {}))
        self.branches(*cases, ((), {}))

    def visit_Lambda(self, node: ast.Lambda) -> None:
        names = self.names
        self.names = {**names, **{a.arg: None for a in [*node.args.args, *node.args.kwonlyargs]}}
        self.visit(node.body)
        self.names = names

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def _comprehension(self, generators: list[ast.comprehension], results: list[ast.expr]) -> None:
        names = self.names
        for done, generator in enumerate(generators):
            self.visit(generator.iter)
            self.names = self.infer.inside_comprehension(generators[: done + 1], names)
            for condition in generator.ifs:
                self.visit(condition)
                self.names.update(self.narrowed(condition)[0])
        self.visit_all(results)
        self.names = names

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        names, (yes, no) = self.names, self.narrowed(node.test)
        for branch, narrowed in ((node.body, yes), (node.orelse, no)):
            self.names = {**names, **narrowed}
            self.visit(branch)
        self.names = names

    def narrowed(self, test: ast.expr) -> tuple[dict[str, Type | None], dict[str, Type | None]]:
        """What `isinstance` in a condition tells where it holds, and where it does not."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yes, no = self.narrowed(operand)
                return no, yes
            case ast.BoolOp(op=ast.And(), values=values):
                return {n: t for value in values for n, t in self.narrowed(value)[0].items()}, {}
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), class_]):
                return {name: self.annotation(class_)}, {}
            case _:
                return {}, {}

    def annotation(self, node: ast.expr | None) -> Type | None:
        return known(annotated(self.code, self.module, node))

    def visit_all(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)
