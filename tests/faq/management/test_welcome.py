"""What `make run` tells a newcomer."""

from __future__ import annotations

import socket
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from faq.models import Edition, Entry, Section
from tests.faq.builders import account

pytestmark = pytest.mark.django_db


def said() -> str:
    """What the command says."""
    out = StringIO()
    call_command("welcome", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_says_what_is_served_and_where() -> None:
    assert f"serving 67 entries of edition 2016-12 on {settings.ORIGIN}/" in said()


def test_it_tells_how_to_make_the_first_account_until_there_is_one() -> None:
    assert "make account" in said()
    account(None)
    assert "make account" not in said()


def test_without_any_content_it_says_so() -> None:
    Entry.objects.all().delete()
    Section.objects.all().delete()
    Edition.objects.all().delete()
    with pytest.raises(CommandError, match="there is no content to serve"):
        said()


def test_a_port_that_is_taken_is_told_before_the_server_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} is in use .* make run PORT={port + 1}"):
            call_command("welcome", "--port", str(port), stdout=StringIO(), stderr=StringIO())
