"""The date of a source: what is accepted, and what is meant by what is not."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from faq.knowledge.source_dates import ACCEPTED, date_meant, date_parts
from faq.pages.labels import day


@pytest.mark.parametrize(
    ("written", "parts"),
    [("2016", (2016,)), ("2016-12", (2016, 12)), ("2016-12-05", (2016, 12, 5)), ("2016-02-29", (2016, 2, 29))],
)
def test_a_year_a_month_and_a_day_are_accepted(written: str, parts: tuple[int, ...]) -> None:
    assert date_parts(written) == parts
    assert date_meant(written) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18-10-2016", "2016-10-18"),
        ("18/10/2016", "2016-10-18"),
        ("10/18/2016", "2016-10-18"),
        ("5-12-2016", "2016-12-05"),
        ("5/5/2016", "2016-05-05"),
        ("5/12/2016", None),  # May or December
        ("18.10.2016", "2016-10-18"),
        ("2016/10/18", "2016-10-18"),
        ("2016-2-3", "2016-02-03"),
        ("2016-2-30", "2016-02-29"),
        ("2017-02-29", "2017-02-28"),
        ("20161018", "2016-10-18"),
        ("10-2016", "2016-10"),
        ("oktober 2016", "2016-10"),
        ("October 2016", "2016-10"),
        ("18 okt. 2016", "2016-10-18"),
        ("October 18, 2016", "2016-10-18"),
        ("maart 2016", "2016-03"),
        ("2016-13", None),
        ("2016-10-32", None),
        ("2016-00-10", None),
        ("0000-01", None),
        ("99999-01-01", None),
        ("20161018201610182016", None),
        ("٢٠١٦-١٠", None),
        ("2016-10-18T10:00", None),
        ("2016 2017", None),
        ("november november 2016", None),
        ("autumn 2016", None),
        ("", None),
        ("-", None),
        ("²016", None),
        ("9" * 5_000, None),
    ],
)
def test_anything_else_is_refused_with_what_is_meant(written: str, meant: str | None) -> None:
    assert date_parts(written) is None
    assert date_meant(written) == meant
    assert meant is None or date_parts(meant)
    with override("nl"):
        assert day(written) == written


def test_what_is_accepted_is_shown_in_the_language_of_the_reader() -> None:
    with override("nl"):
        assert [day(written) for written in ACCEPTED] == ["2016", "december 2016", "5 december 2016"]
    with override("en"):
        assert [day(written) for written in ACCEPTED] == ["2016", "December 2016", "December 5, 2016"]
