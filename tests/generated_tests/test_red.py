"""The tests that every project gets can fail: each mistake turns the test red that is there for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.projects import NIGHTLY, run

from .rendered import history_of, render_project

pytestmark = pytest.mark.slow

USER, PRODUCT = "src/shop/generated/types/user.py", "src/shop/generated/types/product.py"
ROUTES = "src/shop/generated/v1/products.py"

MISTAKES = {
    "a creation that stores something else": (
        USER,
        r'full_name=payload\["name"\]',
        'full_name=payload["name"].lower()',
        "test_round_trip.py::test_what_is_created_is_what_is_shown[User-v1]",
    ),
    "a default of another version": (
        PRODUCT,
        r'payload.get\("status", "draft"\)',
        'payload.get("status", "published")',
        "test_round_trip.py::test_what_is_created_is_what_is_shown[Product-v1]",
    ),
    "an update that forgets what was not sent": (
        PRODUCT,
        r'payload.get\("tags", current.tags\)',
        'payload.get("tags", [])',
        "test_round_trip.py::test_an_update_changes_what_it_says_and_nothing_else[Product-v1]",
    ),
    "a replacement that clears what a release added": (
        USER,
        r"avatar_url = current.avatar_url\n",
        "avatar_url: str | Absent = ABSENT\n",
        "test_round_trip.py::test_what_replaces_is_what_is_shown[User-v1]",
    ),
    "a value that is written though it came back as seen": (
        PRODUCT,
        r"if status_sent != _?\w+\(current\):",
        "if True:",
        "test_round_trip.py::test_writing_back_what_was_read_changes_nothing[Product-v1]",
    ),
    "an edit that touches what its version cannot see": (
        USER,
        r"(def update_user_v1.*?return replace\(\n        current,)",
        r"\1\n        created_at=now,",
        "test_round_trip.py::test_editing_one_field_leaves_the_rest_alone_in_every_version[User-v1]",
    ),
    "a form that its version does not have": (
        PRODUCT,
        r'"price": record.price',
        '"price": str(record.price)',
        "test_round_trip.py::test_every_version_shows_what_any_version_made[Product]",
    ),
    "a bound that was not promised": (
        USER,
        r"max_length=200",
        "max_length=20",
        "test_documents.py::test_the_routes_are_what_was_promised[v2]",
    ),
    "a promise that was edited": (
        "openapi/v1.json",
        r'"maxLength": 80',
        '"maxLength": 81',
        "test_documents.py::test_the_routes_are_what_was_promised[v1]",
    ),
    "a document that is served with something else": (
        "src/shop/generated/overlay.py",
        r'(    served\["servers"\] = )',
        r'    served["paths"].popitem()\n\1',
        "test_documents.py::test_what_is_served_is_what_was_promised_and_what_the_day_adds",
    ),
    "a rename that is forgotten": (
        USER,
        r'(def user_v2.*?)"full_name": record.full_name',
        r'\1"full_name": "Somebody"',
        "test_changes.py::test_a_change_is_seen_as_it_was_declared[Renamed `User.name` to `full_name`. v1-v2]",
    ),
    "a value that old clients do not know": (
        "src/shop/generated/types/status.py",
        r'"archived": "published"',
        '"archived": "draft"',
        "test_changes.py::test_a_change_is_seen_as_it_was_declared[Added value `archived` to `Status`. v2-v1]",
    ),
    "another date": (
        "src/shop/generated/versions.py",
        r"deprecated=date\(2026, 7, 15\)",
        "deprecated=date(2026, 7, 16)",
        "test_calendar.py::test_every_stage_begins_at_its_instant[v1]",
    ),
    "a stage that begins a moment late": (
        "src/shop/generated/stages.py",
        r"moment >= instant\(self.sunset\)",
        "moment > instant(self.sunset)",
        "test_calendar.py::test_every_stage_begins_at_its_instant[v1]",
    ),
    "a brownout that is over a moment late": (
        "src/shop/generated/stages.py",
        r"moment < instant\(self.until\)",
        "moment <= instant(self.until)",
        "test_calendar.py::test_every_stage_begins_at_its_instant[v1]",
    ),
    "a brownout that caches keep": (
        "src/shop/generated/refusals.py",
        r'headers = \{"Cache-Control": "no-store"\}',
        "headers = {}",
        "test_calendar.py::test_a_brownout_says_until_when_and_is_not_kept_by_caches[v1]",
    ),
    "a sunset that can be advanced": (
        "src/shop/generated/postponing.py",
        r"if later < instant\(version.sunset\):",
        "if later.year < 1:",
        "test_calendar.py::test_a_sunset_may_be_postponed_and_is_never_advanced[v1]",
    ),
    "a list of versions that says something else": (
        "src/shop/generated/documents.py",
        r'"stage": str\(notice.stage\)',
        '"stage": "stable"',
        "test_calendar.py::test_the_list_of_versions_says_the_same",
    ),
    "another status": (
        ROUTES,
        r"(answer\(\n?\s*request,\s+)201",
        r"\g<1>200",
        "test_old_clients.py::test_a_client_goes_on_as_in_its_time[v1-Product]",
    ),
    "a Location that leads elsewhere": (
        ROUTES,
        r'location=f"/products/',
        'location=f"/product/',
        "test_old_clients.py::test_a_client_goes_on_as_in_its_time[v1-Product]",
    ),
    "a filter that finds nothing": (
        "src/shop/generated/types/status.py",
        r'"draft": \("draft",\)',
        '"draft": ("published",)',
        "test_old_clients.py::test_a_client_goes_on_as_in_its_time[v1-Product]",
    ),
    "an old client that destroys what it does not send": (
        PRODUCT,
        r"(def update_product_v1.*?)tags=[^\n]*,\n",
        r"\1tags=[],\n",
        "test_old_clients.py::test_a_client_destroys_nothing_that_it_cannot_see[Product-v1-v2",
    ),
    "a new client that destroys what it does not send": (
        PRODUCT,
        r"(def update_product_v2.*?)tags=[^\n]*,\n",
        r"\1tags=[],\n",
        "test_old_clients.py::test_a_client_destroys_nothing_that_it_cannot_see[Product-v2-v1",
    ),
    "a value that no contract has": (
        "src/shop/generated/types/status.py",
        r'StatusV1 = Literal\["draft"',
        'StatusV1 = Literal["unheard_of", "draft"',
        "test_old_clients.py::test_a_client_goes_on_as_in_its_time[v1-Product]",
    ),
}

THREE = """
api: {name: three, title: Three API}
resources:
  Thing:
    path: /things
    fields: {id: {type: int, key: true}, size: int}
    operations: [get, create, update]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-02-15
    changes:
      - {rename: Thing.size, to: extent}
  - id: v3
    released: 2025-03-15
    changes:
      - {rename: Thing.extent, to: measure}
"""
MIDDLE = (
    "src/three/generated/types/thing.py",
    r'(def create_thing_v2.*?)payload\["extent"\]',
    r'\1payload["extent"] + 1',
    "test_round_trip.py::test_what_comes_straight_is_what_comes_by_way_of_a_version_between[Thing]",
)

OWNERS = Path(__file__).parents[1] / "golden" / "owners" / "api.yaml"
STRANGERS = {
    "a handler that has everybody's": ("src/owners/generated/handlers.py", r"stores\.notes\.mine\(\)", "stores.notes"),
    "a list that has everybody's": (
        "src/owners/generated/rows.py",
        r"theirs\._one, theirs\._all, theirs\._count, theirs\._delete = ",
        "theirs._one, _, _, theirs._delete = ",
    ),
    "a deletion of what is another's": (
        "src/owners/generated/rows.py",
        r"theirs\._one, theirs\._all, theirs\._count, theirs\._delete = ",
        "theirs._one, theirs._all, theirs._count, _ = ",
    ),
    "a row that is nobody's": (
        "src/owners/generated/rows.py",
        r"values\[self\.owner\] = self\._given\[_OWNER\]",
        'values[self.owner] = "nobody"',
    ),
}

GUARDED = {
    "an example that does not fit": (
        "src/guarded/generated/v1/examples.json",
        r'"reference": "published"',
        '"reference": 1',
        "test_examples.py::test_an_operation_answers_what_was_published[v1-0]",
    ),
    "an example without its header": (
        "src/guarded/generated/v1/examples.json",
        r'"X-Rate": "1"',
        '"X-Other": "1"',
        "test_examples.py::test_an_operation_answers_what_was_published[v1-0]",
    ),
    "an example of another form": (
        "src/guarded/generated/v1/examples.json",
        r'"text/csv"',
        '"text/plain"',
        "test_examples.py::test_an_operation_answers_what_was_published[v1-1]",
    ),
    "an example that another version has": (
        "src/guarded/generated/versions.py",
        r'examples="v2/examples.json"',
        "examples=None",
        "test_examples.py::test_an_operation_answers_what_was_published[v2-0]",
    ),
    "an operation that lets anybody in": (
        "src/guarded/generated/access.py",
        r"usual=[^\n]*\n",
        "usual=(),\n",
        "test_examples.py::test_an_operation_asks_who_calls[v1-0]",
    ),
    "a check that accepts anything": (
        "src/guarded/generated/security.py",
        r"if word == EXAMPLE:",
        "if word:",
        "test_examples.py::test_an_operation_asks_who_calls[v1-1]",
    ),
    "a credential that is read as something else": (
        "src/guarded/generated/credentials.py",
        r"if word.lower\(\) != scheme.word",
        "if word.lower() == scheme.word",
        "test_examples.py::test_an_operation_asks_who_calls[v2-3]",
    ),
    "answers of the edge in the place of those promised": (
        "src/guarded/generated/overlay.py",
        r'\{"description": description, \*\*deepcopy\(dict\(stated\)\)\}',
        '{"description": description}',
        "test_documents.py::test_what_is_served_is_what_was_promised_and_what_the_day_adds",
    ),
}


def tried(mistakes: Mapping[str, tuple[str, str, str, str]]) -> list[str]:
    """The mistakes that are made in this run: all, or one for each test that must notice them."""
    one_each = {function.partition("[")[0]: mistake for mistake, (_, _, _, function) in mistakes.items()}
    return list(mistakes) if NIGHTLY else list(one_each.values())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, as it is generated."""
    return render_project(tmp_path_factory.mktemp("green"), "shop", history_of("shop"))


def test_nothing_is_red_without_a_mistake(shop: Path) -> None:
    done = run(shop, "pytest", "-q", "-p", "no:cacheprovider", "tests/generated")
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An API that asks who calls, of which nothing is written."""
    spec = (Path(__file__).parent / "guarded.yaml").read_text()
    return render_project(tmp_path_factory.mktemp("guarded"), "guarded", history_of(spec))


@pytest.mark.parametrize("mistake", tried(MISTAKES))
def test_a_mistake_turns_the_test_red_that_is_there_for_it(shop: Path, mistake: str) -> None:
    _turns_red(shop, *MISTAKES[mistake])


@pytest.mark.parametrize("mistake", tried(GUARDED))
def test_a_mistake_about_callers_or_examples_turns_its_test_red(guarded: Path, mistake: str) -> None:
    _turns_red(guarded, *GUARDED[mistake])


@pytest.fixture(scope="module")
def owners(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An API in which objects are somebody's."""
    return render_project(tmp_path_factory.mktemp("owners"), "owners", history_of(OWNERS.read_text("utf-8")))


@pytest.mark.parametrize("mistake", list(STRANGERS)[:: 1 if NIGHTLY else 2])
def test_a_mistake_about_whose_an_object_is_turns_its_test_red(owners: Path, mistake: str) -> None:
    test = "test_owners.py::test_a_caller_has_what_is_theirs_alone[v1-Note"
    _turns_red(owners, *STRANGERS[mistake], test)


def test_a_version_between_that_goes_its_own_way_turns_its_test_red(tmp_path: Path) -> None:
    project = render_project(tmp_path / "green", "three", history_of(THREE))
    _turns_red(project, *MIDDLE)


def _turns_red(project: Path, path: str, pattern: str, instead: str, test: str) -> None:
    """Make the mistake in `project`, run the function that must notice it, and take the mistake back."""
    place = project / path
    text = place.read_text()
    broken, count = re.subn(pattern, instead, text, flags=re.DOTALL)
    assert count, f"{path} has nothing like {pattern}"
    function = f"tests/generated/{test.partition('[')[0]}"
    try:
        _write(place, broken)
        # With as many payloads as its users have.
        done = run(project, "pytest", "-q", "-rf", "--tb=no", "-p", "no:cacheprovider", function, PAYLOADS="60")
    finally:
        _write(place, text)
    assert done.returncode == 1, done.stdout
    assert f"FAILED tests/generated/{test}" in done.stdout


def _write(place: Path, text: str) -> None:
    """Write a source file; what was compiled of it may look current, so it goes."""
    place.write_text(text)
    Path(cache_from_source(place)).unlink(missing_ok=True)
