"""Where the user's own code uses a name that a change renames, and the patch that renames it there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scaffold.diagnostics import Diagnostic
from scaffold.project.diff import lines_of, unified
from scaffold.project.layout import TESTS_GENERATED, Project
from scaffold.project.modules import read_code
from scaffold.project.uses import RenamedUse, Use, uses_in

__all__ = ["RenamedUse", "Scan", "Use", "find_uses", "patch"]


@dataclass(frozen=True, slots=True)
class Scan:
    """All uses found, in the order of their places, the text of their files, and files that could not be
    read.
    """

    uses: tuple[Use, ...]
    sources: Mapping[str, str]
    warnings: tuple[Diagnostic, ...] = ()


def find_uses(root: Path, package: str, names: Sequence[RenamedUse]) -> Scan:
    """Search `src/<package>` and `tests`, but for what is generated, for uses of the renamed attributes.

    Found are attribute accesses, keyword arguments of the class and of `replace`, keyword patterns, and names
    given as text to `getattr` and its like; of renamed values of enums the same texts outside of tests. Files that
    cannot be parsed are warnings of the scan.
    """
    code = read_code(root, package)
    project = Project(root, package)
    own = [m for m in code.modules.values() if not _generated(project, m.path)]
    found = {use for module in own for use in uses_in(code, module, package, names)}
    uses = sorted(found, key=lambda u: (u.file, u.line, u.column, not u.certain))
    first = {(u.file, u.line, u.column): u for u in reversed(uses)}  # one place, several classes: the certain one
    kept = tuple(u for u in uses if first[u.file, u.line, u.column] is u)
    texts = {m.path: m.source for m in own if any(u.file == m.path for u in kept)}
    warnings = tuple(w for w in code.warnings if w.span is None or not _generated(project, w.span.file))
    return Scan(kept, texts, warnings)


def patch(scan: Scan) -> str:
    """One diff for `git apply` that renames the certain uses, token by token, and touches nothing else.

    What means something else by now is not in it: another name alone would only hide that.
    """
    diffs = []
    for file, before in sorted(scan.sources.items()):
        certain = [use for use in scan.uses if use.file == file and use.certain and not use.renamed.meaning]
        diffs.append(unified(file, before, _renamed(before, certain)))
    return "".join(diffs)


def _renamed(text: str, uses: Iterable[Use]) -> str:
    lines = lines_of(text)
    for use in sorted(uses, key=lambda u: (u.line, u.column), reverse=True):
        line, start = lines[use.line - 1], use.column - 1
        end = start + len(use.renamed.old)
        if re.fullmatch(re.escape(use.renamed.old), line[start:end]):
            lines[use.line - 1] = line[:start] + use.renamed.new + line[end:]
    return "".join(lines)


def _generated(project: Project, path: str) -> bool:
    return path.startswith((f"{project.generated}/", f"{TESTS_GENERATED}/"))
