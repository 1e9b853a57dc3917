"""Who calls what is counted, logged and shown, for every answer and for nothing else."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import anyio
import pytest
from prometheus_client.parser import text_string_to_metric_families

from scaffold.generate.runtime.calendar import Calendar
from scaffold.generate.runtime.tally import OTHERS, Client, Count, Row, Tally
from scaffold.generate.runtime.watching import Watch, Watching

ACME = {"X-Client-ID": "acme"}
NOW = datetime.fromisoformat("2026-02-01T12:00:00+00:00")
LOG = "scaffold.generate.runtime.access_log"


class Ledger:
    """Keeps what it is given; fails while it is `away`."""

    def __init__(self) -> None:
        self.rows: dict[Row, int] = {}
        self.away = False
        self.asked = 0
        self.batches: set[int] = set()

    async def write(self, rows: Mapping[Row, Count], batch: int, today: date) -> None:
        self.asked += 1
        if self.away:
            raise OSError("away")
        if batch in self.batches:
            return
        self.batches.add(batch)
        for row, count in rows.items():
            self.rows[row] = self.rows.get(row, 0) + count.count

    def total(self) -> int:
        return sum(self.rows.values())


def samples(text: str) -> dict[tuple[str, ...], float]:
    """The numbers of requests by version, operation, stage and class of status."""
    names = ("version", "operation", "stage", "status_class")
    return {
        tuple(s.labels[n] for n in names): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
        if s.name == "api_requests_total"
    }


def test_metrics_count_answers_by_version_operation_stage_and_class_of_status(client, clock):
    clock.set("2026-02-01")
    for path in ("/v1/users", "/v1/users", "/v2/people", "/v1/users/99", "/v1/nowhere", "/v9/users", "/v8/users"):
        client.get(f"/api{path}", headers=ACME)
    client.request("TRACE", "/api/v2/people")
    client.head("/api/v2/people")
    client.get("/healthz")
    client.get("/api/versions")
    found = client.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert samples(found.text) == {
        ("v1", "list_users", "deprecated", "2xx"): 2,
        ("v2", "list_users", "stable", "2xx"): 2,
        ("v1", "get_user", "deprecated", "4xx"): 1,
        ("v1", "", "deprecated", "4xx"): 1,
        ("v2", "", "stable", "4xx"): 1,
        ("unknown", "", "unknown", "4xx"): 2,
    }
    assert "acme" not in found.text


def test_metrics_say_which_versions_are_deprecated_and_when_they_end(client, clock):
    info = 'api_deprecated_version_info{sunset="2026-07-14",version="v1"} 1.0'
    assert info not in client.get("/metrics").text
    clock.set("2026-01-15")
    assert info in client.get("/metrics").text
    clock.set("2027-01-15")
    assert info in client.get("/metrics").text


def test_metrics_may_be_left_out(make):
    assert make(watching=Watching(metrics=False)).get("/metrics").status_code == 404


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [r for r in caplog.records if r.name == LOG]


def test_a_call_of_a_deprecated_version_is_a_warning_that_says_what_to_do(client, clock, caplog):
    clock.set("2026-02-01", 3600)
    client.get("/api/v1/users/1", headers={**ACME, "X-Request-ID": "abc"})
    (line,) = lines(caplog)
    assert (line.levelname, line.getMessage()) == ("WARNING", "deprecated version called")
    told = {
        "version": "v1", "stage": "deprecated", "method": "GET", "path": "/api/v1/users/1", "operation": "get_user",
        "status": 200, "client": "acme", "successor": "/api/v2/people/1", "sunset": "2026-07-14", "days_left": 162,
        "request_id": "abc",
    }  # fmt: skip
    assert {name: getattr(line, name) for name in told} == told


@pytest.mark.parametrize(
    ("day", "path", "level"),
    [
        ("2025-12-24", "/api/v1/users", "WARNING"),  # its sunset is set, though it is not deprecated yet
        ("2026-02-01", "/api/v2/people", None),
        ("2026-02-01", "/api/v3/users", "INFO"),
        ("2026-07-14", "/api/v1/users", "ERROR"),
        ("2026-07-14", "/healthz", None),
    ],
)
def test_each_stage_has_its_level(client, clock, caplog, day, path, level):
    caplog.set_level(logging.INFO)
    clock.set(day)
    client.get(path)
    assert [line.levelname for line in lines(caplog)] == ([] if level is None else [level])


def test_above_a_rate_lines_are_left_out_and_counted(make, clock, caplog):
    client = make(watching=Watching(log_rate=3))
    clock.set("2026-02-01")
    for _ in range(10):
        client.get("/api/v1/users")
    assert len(lines(caplog)) == 3
    clock.set("2026-02-01", seconds=1)
    client.get("/api/v1/users")
    assert getattr(lines(caplog)[-1], "left_out") == 7  # noqa: B009  # mypy knows no such attribute


def test_counts_are_by_day_client_version_and_operation(make, clock):
    ledger = Ledger()
    client = make(ledger=ledger)
    clock.set("2026-02-01")
    for headers in (ACME, ACME, {"X-Client-ID": "beta"}, {}, {"X-Client-ID": "not\tsane"}):
        client.get("/api/v1/users", headers=headers)
    clock.set("2026-02-02")
    client.get("/api/v2/people", headers=ACME)
    client.get("/api/v9/users", headers=ACME)
    client.portal.call(client.app.watch.flush)
    assert ledger.rows == {
        Row(date(2026, 2, 1), Client("acme", False), "v1", "list_users"): 2,
        Row(date(2026, 2, 1), Client("beta", False), "v1", "list_users"): 1,
        Row(date(2026, 2, 1), Client("", False), "v1", "list_users"): 2,
        Row(date(2026, 2, 2), Client("acme", False), "v2", "list_users"): 1,
        Row(date(2026, 2, 2), Client("acme", False), "unknown", ""): 1,
    }


@pytest.mark.anyio
async def test_what_cannot_be_written_waits_and_is_written_once(caplog):
    ledger, calendar = Ledger(), Calendar([], clock=lambda: NOW)
    watch = Watch(calendar, ledger)
    caplog.set_level(logging.INFO)
    ledger.away = True
    for _ in range(7):
        watch.tally.add(Client("acme", False), "v1", "get_user", "stable", 2, NOW)
        assert not await watch.flush()
    ledger.away = False
    assert await watch.flush()
    assert await watch.flush()
    assert ledger.total() == 7
    said = [r.getMessage() for r in caplog.records if "usage" in r.getMessage()]
    assert said == ["usage cannot be written and is kept in memory: OSError", "usage is written again"]


@pytest.mark.anyio
async def test_the_end_writes_what_is_left_also_when_it_is_cancelled():
    ledger = Ledger()
    watch = Watch(Calendar([], clock=lambda: NOW), ledger, seconds=3600)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch.run)
        await anyio.sleep(0.01)
        watch.tally.add(Client("acme", False), "v1", "get_user", "stable", 2, NOW)
        tasks.cancel_scope.cancel()
    await watch.close()
    assert ledger.total() == 1


def test_names_that_clients_give_themselves_are_bounded_and_counts_are_not():
    tally = Tally(names=10)
    for number in range(1_000):
        tally.add(Client(f"c{number}", False), "v1", "get_user", "stable", 2, NOW)
        tally.add(Client(f"k{number}", True), "v1", "get_user", "stable", 2, NOW)
    rows = tally.take()
    assert sum(c.count for c in rows.values()) == 2_000
    assert len([r for r in rows if not r.client.verified]) == 11
    assert rows[Row(NOW.date(), Client(OTHERS, False), "v1", "get_user")].count == 990
    assert len([r for r in rows if r.client.verified]) == 1_000


def test_memory_is_bounded_when_nobody_takes_the_counts():
    tally = Tally(waiting=50)
    for number in range(1_000):
        moment = NOW + timedelta(seconds=number)
        tally.add(Client(f"k{number}", True), "v1", "get_user", "stable", 2, moment)
    rows = tally.take()
    assert len(rows) <= 51
    assert sum(c.count for c in rows.values()) == 1_000
