"""`manage.py check_links`."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advisor.models import HelpKey
from advisor.pages.help_links import dead_help_links
from faq.models import Edition, Entry
from faq.store.limit_rows import read_limits, write_limits
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


ONE, OTHER = "what-is-expressroute", "what-is-the-gateway-subnet-and-why-is-it-needed"


@pytest.fixture
def keys() -> None:
    HelpKey.objects.create(key="vpn-form.clients", entries=[ONE])
    HelpKey.objects.create(key="vpn-form.subnet", entries=[ONE, OTHER])
    HelpKey.objects.create(key="vpn-form.advice", advice="want=clients&clients=40")


class TestChecker:
    """`manage.py check_links`."""

    def test_the_shipped_content_leads_somewhere(self) -> None:
        out = StringIO()
        call_command("check_links", stdout=out)
        assert out.getvalue() == "no broken links\n"

    def test_a_wizard_is_judged_in_every_edition_that_advises(self) -> None:
        shipped = Edition.objects.get(code="2016-12")
        write_limits(Edition.objects.create(code="2020-01", date=date(2020, 1, 1)), read_limits(shipped))
        edition("silent")
        HelpKey.objects.create(key="wrong.everywhere", advice="clints=4")
        HelpKey.objects.create(key="right", advice="clients=4")
        assert [(dead.place, dead.edition) for dead in dead_help_links()] == [("wrong.everywhere", "")]

    def test_an_entry_of_any_edition_is_somewhere_to_go(self) -> None:
        published(edition(), slug="only-there")
        HelpKey.objects.create(key="there", entries=["only-there"])
        assert list(dead_help_links()) == []

    @pytest.mark.usefixtures("keys")
    def test_it_names_everything_that_leads_nowhere(self) -> None:
        HelpKey.objects.create(key="old.advice", advice="clints=4")
        Entry.objects.filter(slug=ONE).update(published_at=None)
        out = StringIO()
        with pytest.raises(CommandError, match="broken"):
            call_command("check_links", "--json", stdout=out)
        found = [(dead["place"], dead["target"]) for dead in json.loads(out.getvalue())]
        assert found[:3] == [("old.advice", "clints=4"), ("vpn-form.clients", ONE), ("vpn-form.subnet", ONE)]
        assert len(found) > 3
        assert all(target == ONE for _, target in found[1:])
