"""`check` finds what the migrations lack, whoever took it away."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Severity
from scaffold.workflows.bump import bump_version
from scaffold.workflows.check import check
from scaffold.workflows.generate import generate
from scaffold.workflows.release import release

TODAY = date(2026, 8, 1)


def found(project: Path) -> list[Diagnostic]:
    """What `check` says of migrations."""
    return [d for d in check(project, today=TODAY).diagnostics if d.code.startswith("SC56")]


def said(project: Path) -> list[tuple[str, str]]:
    return [(d.code, d.message) for d in found(project)]


def scripts(project: Path) -> list[Path]:
    """The first migration, then the others."""
    places = (project / "migrations/versions").glob("*.py")
    return sorted(places, key=lambda p: "down_revision: str | None = None" not in p.read_text())


def bumped(project: Path, *changes: str, stage: str = "stable") -> None:
    bump_version(project, changes=changes, stage=stage, released=None, today=TODAY, even_if_safe=True, dry_run=False)


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_the_tool_wrote_is_whole(shop: Path, starter: Path) -> None:
    bumped(shop, "add User.age? int", "rename Product.title to name", "change Product.price to float")
    assert said(shop) == []
    assert said(starter) == []  # nothing is released, so tables follow the spec


def test_a_first_release_brings_its_migration(starter: Path) -> None:
    release(starter, "v1", date=None, today=TODAY, dry_run=False)
    assert said(starter) == []
    scripts(starter)[0].unlink()
    assert said(starter) == [("SC561", "there is no migration in `migrations/versions`")]


def test_a_migration_that_is_gone_is_missed_by_the_one_that_follows_it(shop: Path) -> None:
    bumped(shop, "add User.age? int")
    first, second = scripts(shop)
    first.unlink()
    ((code, message),) = said(shop)
    assert code == "SC561"
    assert re.fullmatch(rf"`migrations/versions/{second.name}` follows the migration \w+, which is gone", message)
    assert found(shop)[0].help == "take it from version control, `git checkout -- migrations`"


def test_the_newest_migration_that_is_gone_is_missed_by_the_program(shop: Path) -> None:
    bumped(shop, "add User.age? int")
    scripts(shop)[1].unlink()
    assert said(shop) == [("SC562", "no migration makes the column `users.age`")]


def test_a_preview_that_was_edited_after_its_cut_has_another_table(shop: Path) -> None:
    bumped(shop, "add User.age? int", "add User.rank? int", stage="preview")
    assert said(shop) == []
    edited(shop / "api.yaml", "add User.age? int", "add User.years? int")
    edited(shop / "api.yaml", "add User.rank? int", "add User.rank? str")
    generate(shop, draft=False, write=True)
    assert said(shop) == [
        ("SC562", "no migration makes the column `users.years`"),
        ("SC562", "`users.rank` is `sa.BigInteger()` in the migrations and `sa.Text()` in the program"),
        ("SC563", "a migration makes the column `users.age`, and nothing is kept in it"),
    ]
    assert [d.severity for d in found(shop)] == [Severity.ERROR, Severity.ERROR, Severity.WARNING]
    assert all("alembic revision --autogenerate" in (d.help or "") for d in found(shop))


def test_what_somebody_wrote_by_hand_counts(shop: Path) -> None:
    bumped(shop, "add User.age? int", "add User.rank? int", "add User.size? int")
    newest = scripts(shop)[1]
    text = newest.read_text()
    body = """def upgrade() -> None:
    with op.batch_alter_table("users") as batch:
        batch.add_column(sa.Column("years", sa.SmallInteger()))
        batch.alter_column("years", new_column_name="age")
    op.execute("ALTER TABLE users ADD COLUMN rank BIGINT")
    op.add_column("users", sa.Column("length", sa.BigInteger()))
    with rebuilt(op, "users") as again:
        again.alter_column("length", new_column_name="size")
"""
    newest.write_text(re.sub(r"def upgrade\(\).*?(?=\n\n\ndef )", body.rstrip(), text, flags=re.S))
    assert said(shop) == []


def test_two_heads_are_found(shop: Path) -> None:
    bumped(shop, "add User.age? int")
    other = scripts(shop)[1]
    other.with_name("other.py").write_text(
        re.sub(r'^revision: str = ".*"', 'revision: str = "other"', other.read_text(), flags=re.M)
    )
    ((code, message),) = said(shop)
    assert code == "SC560"
    assert "two migration heads" in message


def test_a_script_that_cannot_be_read_is_told(shop: Path) -> None:
    scripts(shop)[0].write_text("def upgrade(:\n")
    assert [code for code, _ in said(shop)] == ["SC560"]
