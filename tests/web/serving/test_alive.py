"""Whether a site answers on a Unix socket."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from web.serving.alive import is_alive, main


@pytest.mark.parametrize(
    ("answer", "alive"),
    [(b"HTTP/1.1 200 OK\r\n\r\nok\n", True), (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False), (b"", False)],
)
def test_it_is_alive_if_it_answers_with_200(tmp_path: Path, answer: bytes, alive: bool) -> None:
    path = str(tmp_path / "site.sock")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()

        def serve() -> None:
            connection, _ = door.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        server = threading.Thread(target=serve)
        server.start()
        assert is_alive(path) is alive
        server.join()


def test_it_is_not_alive_where_nothing_listens(tmp_path: Path) -> None:
    assert not is_alive(str(tmp_path / "site.sock"))
    assert main([str(tmp_path / "site.sock")]) == 1
