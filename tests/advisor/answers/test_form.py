"""The one-page form: from what is typed to a need, and from a need to an advice on the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from advisor.answers.form import AdviceForm, read_form, ready_rows
from advisor.answers.query_string import typed
from advisor.answers.typed import raw_need
from advisor.core.need import Need
from faq.knowledge.limits import Catalogue
from faq.models import Edition
from faq.store.editions import catalogue_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> Catalogue:
    """The limits of 2016-12."""
    return catalogue_of(Edition.objects.get(code="2016-12"))


def read(catalogue: Catalogue, query: str, language: str = "nl") -> AdviceForm:
    """The form as an address fills it."""
    given = QueryDict(query)
    ready = ready_rows(given.get("add", ""))
    return read_form(typed(given), "2016-12", {"2016-12": catalogue}, language, ready=ready)


def advised(client: Client, language: str = "en", **query: Any) -> str:
    """The page with the advice for an address."""
    answer = client.get(f"/{language}/advice/?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            {"site": "Tilburg", "site_prefixes": "192.168.10.0/24", "site_mbps": "25", "vnet_prefixes": "10.20.0.0/16"},
            ["This design fits.", "Site-to-site", "Basic, route-based", "10.20.255.240/28", "100 Mbps"],
        ),
        ({"site": [f"Site {n}" for n in range(12)]}, ["Multi-site", "HighPerformance, route-based", ">12<", ">30<"]),
        (
            {"site": ["Delft", "Gouda"], "site_mbps": ["70", "40"]},
            ["Multi-site", "HighPerformance", "110 Mbps", "200 Mbps"],
        ),
        ({"clients": "150"}, ["Does not fit", "Point-to-site", ">150<", ">128<", "too much"]),
        (
            {"site": "Breda", "site_mbps": "320"},
            ["This design fits, with 1 warning.", "ExpressRoute", "500 Mbps"],
        ),
        ({"vnet": ["a", "b"], "vnet_region": ["westeurope", "uksouth"]}, ["VNet-to-VNet", "Basic", "1 tunnel"]),
        (
            {"site": "Breda", "site_prefixes": "10.1.0.0/16", "vnet": "hub", "vnet_prefixes": "10.1.2.0/24"},
            ["Does not fit", "10.1.2.0/24", "10.1.0.0/16", "overlap"],
        ),
        ({"site": "Breda", "site_device": "validated:policy-based", "clients": "5"}, ["Does not fit"]),
    ],
)
def test_the_plain_cases_are_answered(client: Client, query: dict[str, Any], shown: list[str]) -> None:
    page = advised(client, **query)
    for words in shown:
        assert words in page


def test_the_advice_is_there_in_dutch(client: Client) -> None:
    page = advised(client, "nl", clients="150")
    assert "past niet" in page
    assert "Waarom de andere niet" in page


def test_each_reason_leads_to_the_entry_that_explains_it(client: Client) -> None:
    page = advised(client, clients="150")
    assert "/en/faq/how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration/" in page


def test_an_empty_form_asks_for_nothing_and_shows_examples(client: Client) -> None:
    page = advised(client)
    assert "The advice appears here" in page
    assert 'class="fault' not in page


@pytest.mark.parametrize(
    ("typed_in", "mbps"),
    [
        ("25", 25),
        ("12,5", 12.5),
        ("1 Gbps", 1000),
        ("1,25 Gbit/s", 1250),
        ("200 Mbit/s", 200),
        ("200mbps", 200),
        ("veel", "veel"),
    ],
)
def test_a_bandwidth_is_read_as_people_write_it(typed_in: str, mbps: Any) -> None:
    raw, _ = raw_need(typed(QueryDict(urlencode({"mbps": typed_in}))))
    assert raw["bandwidth_mbps"] == mbps


def test_rows_belong_together_and_empty_rows_are_left_out(catalogue: Catalogue) -> None:
    form = read(
        catalogue,
        "site=Delft&site=&site=Gouda&site_mbps=70&site_mbps=&site_mbps=40&site_device=validated&site_device=validated&site_device=none",
    )
    assert form.need is not None
    assert [(site.name, site.bandwidth_mbps, site.device) for site in form.need.sites] == [
        ("Delft", Decimal(70), "validated"),
        ("Gouda", Decimal(40), "none"),
    ]


def test_every_error_stands_at_its_row_also_after_an_empty_one(catalogue: Catalogue) -> None:
    form = read(
        catalogue,
        urlencode(
            {
                "site": ["", "Delft", "delft"],
                "site_prefixes": ["", "10.1.2.3/16, 10.2.0.0/16", "300.1.1.0/24"],
                "site_mbps": ["", "veel", "1"],
                "clients": "x",
                "pool": "10.0.0.0/33",
                "mbps": "-1",
            },
            doseq=True,
        ),
    )
    assert form.need is None
    assert set(form.rows["site"][1].errors) == {"prefixes", "mbps"}
    assert set(form.rows["site"][2].errors) == {"name", "prefixes"}
    assert form.rows["site"][1].errors["prefixes"][0].suggestion == "10.1.0.0/16"
    inputs = [field for group in form.groups.values() for field in group.inputs]
    assert {field.name for field in inputs if field.faults} == {"clients", "pool", "mbps"}
    assert len(form.faults) == 7


def test_what_was_typed_stays_as_it_was(client: Client) -> None:
    page = advised(client, site="<b>Delft</b>", site_prefixes="10.1.2.3/16", clients="x")
    assert 'value="&lt;b&gt;Delft&lt;/b&gt;"' in page
    assert 'value="10.1.2.3/16"' in page
    assert 'value="x"' in page
    assert "10.1.0.0/16" in page


def test_one_more_row_keeps_what_is_there(catalogue: Catalogue) -> None:
    form = read(catalogue, "site=a&site=b&site=c&add=site:4")
    assert [row.typed["name"] for row in form.rows["site"]] == ["a", "b", "c", ""]
    assert len(form.rows["vnet"]) == 2


def test_an_edition_without_these_limits_does_not_raise(client: Client) -> None:
    assert "U leest editie 2016-12" in advised(client, "nl", clients="150", edition="1999")


def test_htmx_gets_the_advice_alone(client: Client) -> None:
    fragment = client.post("/en/advice/", {"clients": "150"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Does not fit" in fragment


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "site",
                "site_prefixes",
                "site_mbps",
                "site_device",
                "vnet",
                "vnet_prefixes",
                "vnet_region",
                "clients",
                "pool",
                "mbps",
                "edition",
                "bgp",
                "private",
                "circuit",
                "backup",
                "transit",
                "forced",
            ]
        ),
        st.lists(
            st.one_of(
                st.text(max_size=20),
                st.sampled_from(
                    ["10.0.0.0/8", "10.1.2.3/16", "5", "1 Gbps", "none", "validated:policy-based", "westeurope"]
                ),
            ),
            max_size=4,
        ),
        max_size=8,
    )
)
def test_any_address_makes_a_need_or_a_list_of_errors(query: dict[str, list[str]]) -> None:
    catalogue = catalogue_of(Edition.objects.get(code="2016-12"))
    form = read(catalogue, urlencode(query, doseq=True, errors="replace"))
    assert isinstance(form.need, Need) or form.faults or form.said.is_empty
    assert not (form.need and form.faults)


def test_a_row_more_stands_ready_each_time_that_it_is_asked_for(client: Client) -> None:
    rows = {"site": ["Delft", "", ""], "add": "site"}
    for count in (4, 5):
        page = client.post("/en/advice/", rows, follow=True).content.decode()
        assert page.count('name="site"') == count
        assert 'value="Delft"' in page
        rows["site"] = [*rows["site"], ""]
