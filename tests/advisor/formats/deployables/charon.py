"""strongSwan in a network namespace of its own: nothing of this machine is touched, and several run side by side."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
CHARON = Path("/usr/lib/ipsec/charon")

SETTINGS = """charon {{
    load = random nonce openssl gmp kdf {kernel} kernel-netlink socket-default vici updown
    install_routes = {routes}
    plugins {{
        vici {{ socket = unix://{folder}/vici }}
        socket-default {{ fwmark = 0x42 }}
        kernel-netlink {{ fwmark = !0x42 }}
    }}
    filelog {{ log {{ path = {folder}/log
        flush_line = yes }} }}
}}
"""

START = """export STRONGSWAN_CONF={folder}/strongswan.conf
mount -t tmpfs tmpfs /run
ip link set lo up
{charon} &
for tenth in $(seq 100); do [ -S {folder}/vici ] && break; sleep 0.1; done
"""


def require() -> None:
    """Skip a test where strongSwan is not installed; in CI, where it has to be, fail it."""
    if CHARON.exists() and shutil.which("swanctl", path=PATH) and shutil.which("ip", path=PATH):
        return
    message = "no strongSwan on this machine: apt-get install strongswan-charon strongswan-swanctl runs this test too"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def alone() -> list[str]:
    """What begins a command that runs with a network and a /run of its own, and ends with all that it started: a daemon
    that gets the signal to end sometimes continues.
    """
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    apart = ["--net", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    return ["unshare", *as_root, *apart, "bash", "-ec"]


def settings(folder: Path, *, carries: bool = False, routes: bool = True) -> None:
    """Write the settings of a daemon whose socket and log are in a folder. One that `carries` traffic does so by itself
    (kernel-libipsec), for not every kernel has ESP; what it sends is marked, so that it goes into no tunnel itself.
    """
    kernel = "kernel-libipsec" if carries else ""
    written = SETTINGS.format(folder=folder, kernel=kernel, routes="yes" if routes else "no")
    (folder / "strongswan.conf").write_text(written)


def started(folder: Path) -> str:
    """The commands that start the daemon of a folder."""
    return START.format(folder=folder, charon=CHARON)


def swanctl(folder: Path, *asked: str) -> str:
    """A command to the daemon of a folder."""
    return " ".join(("swanctl", *asked, "--uri", f"unix://{folder}/vici"))


def run(script: str) -> str:
    """What a script writes that runs alone. Raises AssertionError with all that it wrote where it fails."""
    done = subprocess.run(
        [*alone(), script], capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "PATH": PATH}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def loaded(conf: str, folder: Path) -> str:
    """The connections that a daemon has after it loaded a file, as `swanctl --list-conns` tells them."""
    settings(folder)
    (folder / "swanctl.conf").write_text(conf)
    load, told = swanctl(folder, "--load-all", f"--file {folder}/swanctl.conf"), swanctl(folder, "--list-conns")
    return run(f"{started(folder)}{load} >{folder}/loading\n{told}\n")
