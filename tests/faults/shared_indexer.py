"""`manage.py indexer` as it runs with an engine whose index all machines share: it is built by who holds the lease."""

from __future__ import annotations

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from faq.search.engines.whoosh.engine import WhooshEngine
    from faq.store import leases

    leases.LEASE_SECONDS = 3.0  # so that a test need not wait for long
    WhooshEngine.is_shared = True
    call_command("indexer")
