"""These tests need PostgreSQL: `make test-postgres` runs them, and on SQLite they are not collected."""

from __future__ import annotations

from tests.served import server_of_tests

collect_ignore_glob = [] if server_of_tests() else ["test_*.py"]
