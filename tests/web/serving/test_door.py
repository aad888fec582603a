"""The sockets on which connections come in."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from tests.ports import free_port
from web.serving.door import listen, listen_at


def test_a_socket_that_nobody_listens_on_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "site.sock"
    listen_at(path, 1).close()
    assert path.is_socket()
    with listen_at(path, 1), socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))


def test_a_socket_that_somebody_listens_on_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "site.sock"
    with listen_at(path, 1):
        with pytest.raises(OSError, match=r"in use") as refused:
            listen_at(path, 1)
        assert refused.value.errno == errno.EADDRINUSE
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))


def test_a_file_that_is_no_socket_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "site.sock"
    path.write_text("notes")
    with pytest.raises(OSError, match=r"in use"):
        listen_at(path, 1)
    assert path.read_text() == "notes"


def test_whoever_may_enter_its_folder_may_connect(tmp_path: Path) -> None:
    with listen_at(tmp_path / "site.sock", 1):
        assert (tmp_path / "site.sock").stat().st_mode & 0o777 == 0o666


@pytest.mark.parametrize(
    ("host", "client"),
    [("::1", "::1"), ("::", "::1"), ("::", "127.0.0.1"), ("0.0.0.0", "127.0.0.1")],  # noqa: S104
)
def test_it_listens_on_addresses_of_both_kinds(host: str, client: str) -> None:
    port = free_port()
    with listen(host, port, 1):
        socket.create_connection((client, port), timeout=5).close()
