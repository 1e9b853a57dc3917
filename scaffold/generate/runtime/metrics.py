"""Metrics for Prometheus: how many requests each version answers, and which versions are deprecated."""

import os
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import REGISTRY, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .calendar import Calendar
from .stages import Stage, instant
from .tally import Tally, Told

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
"""The text format of Prometheus."""
SEVERAL = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client is told where the workers of one program share their numbers."""


gather: Callable[[CollectorRegistry], object] = MultiProcessCollector


class Metrics:
    """`api_requests_total` and `api_deprecated_version_info`, in a registry of their own.

    Numbers come from the tally when they are asked for, or when it is written: no request waits for a lock.
    """

    def __init__(self, calendar: Calendar, tally: Tally) -> None:
        self._tally = tally
        self._own = CollectorRegistry()
        self._requests = Counter(
            "api_requests", "Requests answered.", ("version", "operation", "stage", "status_class"), registry=self._own
        )
        self._children: dict[Told, Counter] = {}
        self._deprecated = CollectorRegistry()
        self._deprecated.register(Deprecated(calendar))

    def collect(self) -> None:
        """Take over what the tally has counted since the last time."""
        for told, count in self._tally.told().items():
            child = self._children.get(told)
            if child is None:
                child = self._children[told] = self._requests.labels(*told)
            child.inc(count)

    def text(self, environment: Mapping[str, str] = os.environ) -> bytes:
        """Everything, those of the program's default registry included, in the text format of Prometheus.

        Where several workers share a folder (SEVERAL), it is what all of them counted.
        """
        self.collect()
        if environment.get(SEVERAL):
            shared = CollectorRegistry()
            gather(shared)
            return generate_latest(self._deprecated) + generate_latest(shared)
        return generate_latest(self._own) + generate_latest(self._deprecated) + generate_latest(REGISTRY)

    def route(self, path: str) -> Route:
        """The route that answers with them."""

        async def metrics(request: Request) -> Response:
            return Response(self.text(), headers={"Content-Type": FORMAT, "Cache-Control": "no-store"})

        return Route(path, metrics, include_in_schema=False)


class Deprecated:
    """The versions that are deprecated by now, with the day on which they end: to be joined with the requests."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The family of metrics, as it is at this moment."""
        words = "1 for each version that is deprecated or retired; sunset is the day on which it ends."
        family = GaugeMetricFamily("api_deprecated_version_info", words, labels=("version", "sunset"))
        for id, notice in self._calendar.at(self._calendar.clock()).notices.items():
            if notice.stage in (Stage.DEPRECATED, Stage.RETIRED):
                sunset = notice.version.sunset
                family.add_metric((id, "" if sunset is None else instant(sunset).date().isoformat()), 1)
        yield family
