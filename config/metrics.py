"""`/metrics`: what Prometheus gathers, from the addresses that the operator names.

Each process counts in files of its own; whichever is asked adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.readiness import PARTS
from faq.search.indexer import engine
from faq.store import content_version
from web.request_limits import client_of

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; a reader notices a tenth of one."""

GONE = "gone"
"""What stands for the status where the client left before it was answered."""

_own = CollectorRegistry()
_requests = Counter("gatewijzer_requests", "Requests that came in", ["kind", "status"], registry=_own)
_seconds = Histogram("gatewijzer_request_seconds", "Until the answer", ["kind"], registry=_own, buckets=BUCKETS)


def counted(kind: str, status: int, seconds: float) -> None:
    """Count a request of a kind, with its status (0 where the client had gone) and the seconds until its answer."""
    _of_status(kind, status).inc()
    if status not in (0, 503):
        _of_kind(kind).observe(seconds)


@cache
def _of_status(kind: str, status: int) -> Counter:
    return _requests.labels(kind, str(status or GONE))


@cache
def _of_kind(kind: str) -> Histogram:
    return _seconds.labels(kind)


class _Now(Collector):
    """What is so at the moment that somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The parts of the site, and the versions of content and index."""
        parts = GaugeMetricFamily("gatewijzer_part_well", "1 where a part of the site works", labels=["part"])
        for name, why_not in PARTS.items():
            parts.add_metric([name], 0 if why_not() else 1)
        yield parts
        yield GaugeMetricFamily("gatewijzer_content_version", "What readers see", value=content_version.current())
        indexed = engine().health()
        yield GaugeMetricFamily("gatewijzer_index_version", "What is indexed", value=indexed.content_version or 0)
        yield GaugeMetricFamily("gatewijzer_index_documents", "Texts in the index", value=indexed.documents)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All that is counted, in Prometheus' text format; to anyone else this is no page of the site."""
    if not _may_ask(client_of(request)):
        raise Http404
    registry = CollectorRegistry()
    with suppress(ValueError):  # no server is running that has set a folder apart for it
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(_Now())
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


def _may_ask(client: str) -> bool:
    try:
        address = ip_address(client)
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)
