"""Debian's nginx with deploy/nginx.conf, on ports of the loopback, with a certificate made for it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy.units import Place
from tests.ports import free_port
from tests.served import NONE, ROOT

CONFIGURATION = ROOT / "deploy/nginx.conf"
HOST = "gatewijzer.example.org"

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

MAIN = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/main.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gatewijzer.conf;
}}
"""
"""What Debian's /etc/nginx/nginx.conf is around the files of conf.d."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running nginx: its ports for http and https, its folder, and what trusts its certificate."""

    plain: int
    secure: int
    folder: Path
    trust: ssl.SSLContext

    def opened(self, client: str = "127.0.0.1") -> socket.socket:
        """A connection from an address of the loopback, before TLS."""
        return socket.create_connection(("127.0.0.1", self.secure), timeout=30, source_address=(client, 0))

    def connect(self, client: str = "127.0.0.1") -> ssl.SSLSocket:
        """The same with TLS, and HTTP/1.1."""
        return self.trust.wrap_socket(self.opened(client), server_hostname=HOST)

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
        client: str = "127.0.0.1",
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """An answer over TLS, with its body. Raises OSError."""
        connection = http.client.HTTPConnection(HOST)
        connection.sock = self.connect(client)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def log(self) -> str:
        """What nginx logged of the requests that it has answered."""
        return (self.folder / "access.log").read_text()


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a key and a certificate for the host, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(pem)
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return ssl.create_default_context(cadata=pem.decode())


def _configuration(place: Place, folder: Path, plain: int, secure: int, machines: Mapping[str, str]) -> str:
    """deploy/nginx.conf with the ports and the paths of the test, on IPv4 alone. With several web machines, their
    lines stand in the place of the socket's.
    """
    text = re.sub(r"^ *listen \[::\].*\n", "", CONFIGURATION.read_text(), flags=re.MULTILINE)
    if machines:
        text = re.sub(r"^ *server unix:.*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^( *)#(zone|server) ", r"\1\2 ", text, flags=re.MULTILINE)
        for address, instead in machines.items():
            text = text.replace(address, instead)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace(
        "listen 443 ", f"listen 127.0.0.1:{secure} "
    )
    text = text.replace("/etc/ssl/gatewijzer/", f"{folder}/").replace("/var/log/nginx/", f"{folder}/")
    text = text.replace("/var/cache/", f"{folder}/")
    return place.here(text)


@contextmanager
def nginx(place: Place, folder: Path, machines: Mapping[str, str] = NONE) -> Iterator[Proxy]:
    """Run nginx in front of the site of a place, or of several machines: what stands for the addresses of deploy/.
    Raises RuntimeError where this machine has none, or it does not start.
    """
    if PROGRAM is None:
        raise RuntimeError("There is no nginx on this machine: install Debian's package nginx-light.")
    folder.mkdir()
    plain, secure = free_port(), free_port()
    trust = certificate(folder)
    (folder / "gatewijzer.conf").write_text(_configuration(place, folder, plain, secure, machines))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    command = [PROGRAM, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "main.log")]
    process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        _wait(process, secure, folder)
        yield Proxy(plain, secure, folder, trust)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    told = (folder / "main.log").read_text()
    raise RuntimeError(f"nginx does not start: {told}")
