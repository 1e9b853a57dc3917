"""Seven published histories become projects that serve, version by version, what was published."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from scaffold.openapi import differences, document, to_json
from scaffold.project.layout import spec_files
from scaffold.spec import load
from scaffold.workflows.bump import bump_version
from scaffold.workflows.import_openapi import import_openapi
from scaffold.workflows.project_state import read_spec

from ..projects import NIGHTLY, once, run, served
from .published import DAY, SERVICES, base_path, documents, make_published, package_of, published, version_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The project of a service; do not change it."""

    def get(service: str) -> Path:
        return once(tmp_path_factory, f"published-{service}", lambda folder: make_published(folder, service))

    return get


@pytest.mark.parametrize("service", SERVICES)
def test_every_version_is_given_back_as_published(project: Callable[[str], Path], service: str) -> None:
    place = project(service)
    history = load(read_spec(place, spec_files(place))).history
    assert [v.id for v in history.versions] == [version_of(f) for f in documents(service)]
    assert history.unspecified == history.versions[0].id
    for file in documents(service):
        version = history.version(version_of(file))
        made = document(history.contract(version.id), history.api, version)
        assert differences(published(file), made) == ()
        assert (place / "openapi" / f"{version.id}.json").read_text() == to_json(made)


@pytest.mark.parametrize("service", SERVICES if NIGHTLY else SERVICES[1::3])
def test_its_own_tests_pass(project: Callable[[str], Path], service: str) -> None:
    done = run(project(service), "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("service", SERVICES if NIGHTLY else SERVICES[::4])
@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)])
def test_it_is_clean(project: Callable[[str], Path], service: str, command: tuple[str, ...]) -> None:
    done = run(project(service), *command)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("service", SERVICES if NIGHTLY else SERVICES[::3])
def test_schemathesis_finds_nothing_in_example_mode(
    project: Callable[[str], Path], tmp_path: Path, service: str
) -> None:
    package = package_of(service)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/d.db", f"{package.upper()}_EXAMPLES": "1"}
    found = []
    with served(project(service), package, **settings) as base:
        listed = httpx2.get(f"{base}{base_path(project(service))}/versions").json()["versions"]
        assert [v["id"] for v in listed] == [version_of(f) for f in documents(service)]
        for version in listed if NIGHTLY else (listed[0], listed[-1]):
            done = subprocess.run(
                [sys.executable, "-m", "schemathesis.cli", "run", f"{base}{version['document']}", *OPTIONS],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            if (done.returncode or "No issues found" not in done.stdout) and not beyond(done.stdout):
                found.append(f"{version['id']}:\n{done.stdout[-6000:]}")
    assert not found, "\n".join(found)


def beyond(report: str) -> bool:
    """Whether all that is reported is a pattern of which schemathesis cannot make a value: it tries no body there."""
    errors = report.count("Schema Error\n")
    return "FAILURES" not in report and 0 < errors == report.count("because of unsupported regular expression")


OPTIONS = ("--max-examples", "10", "--seed", "7", "-H", "X-API-Key: example")


@pytest.mark.parametrize("service", SERVICES if NIGHTLY else ["BinLookupService"])
@pytest.mark.parametrize("how", ["import", "bump"])
def test_one_by_one_is_the_same_as_all_at_once(
    project: Callable[[str], Path], tmp_path: Path, service: str, how: str
) -> None:
    first, *rest = documents(service)
    place = make_published(tmp_path, service, [first])
    for file in rest:
        if how == "import":
            import_openapi(place, [str(file)], project=True, output=None, guess=True, released=DAY, dry_run=False)
        else:
            bump_version(
                place,
                changes=(),
                stage="stable",
                released=DAY,
                today=DAY,
                even_if_safe=False,
                dry_run=False,
                from_openapi=str(file),
            )
    one = load(read_spec(place, spec_files(place))).history
    all_ = load(read_spec(project(service), spec_files(project(service)))).history
    assert [v.changes for v in one.versions] == [v.changes for v in all_.versions]
    assert one.contracts == all_.contracts
    assert one.unspecified == all_.unspecified
    for version in all_.versions:
        name = f"openapi/{version.id}.json"
        assert (place / name).read_bytes() == (project(service) / name).read_bytes()


@pytest.mark.parametrize("service", SERVICES)
def test_what_was_exported_is_taken_in_as_the_same_spec(
    project: Callable[[str], Path], tmp_path: Path, service: str
) -> None:
    place = project(service)
    exported = []
    for file in documents(service):
        copy = tmp_path / file.name
        copy.write_bytes((place / "openapi" / f"{version_of(file)}.json").read_bytes())
        exported.append(str(copy))
    again = import_openapi(
        tmp_path, exported, project=False, output=tmp_path / "spec", guess=True, released=DAY, dry_run=False
    )
    assert again.exit_code == 0
    for name in spec_files(place):
        assert (tmp_path / "spec" / name).read_text() == (place / name).read_text()


def test_nobody_has_to_name_a_version(project: Callable[[str], Path], tmp_path: Path) -> None:
    service = "BinLookupService"
    package = package_of(service)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/d.db", f"{package.upper()}_EXAMPLES": "1"}
    body = {"merchantAccount": "m", "cardNumber": "4111111111111111"}
    auth = {"X-API-Key": "example"}
    with served(project(service), package, **settings) as base:
        path = "/pal/servlet/BinLookup"
        bare = httpx2.post(f"{base}{path}/get3dsAvailability", json=body, headers=auth)
        named = httpx2.post(f"{base}{path}/v40/get3dsAvailability", json=body, headers=auth)
        newest = httpx2.post(f"{base}{path}/v54/get3dsAvailability", json=body, headers=auth)
    assert bare.status_code == named.status_code == newest.status_code == 200, bare.text
    assert bare.headers["api-version"] == named.headers["api-version"] == "v40"
    assert newest.headers["api-version"] == "v54"
    assert bare.content == named.content
