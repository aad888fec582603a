"""deploy/several/web-machine.nft, as the kernel applies it, in a network of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

from tests.deploy.several import SEVERAL

WEB_MACHINE, NGINX, PROMETHEUS, STRANGER = "10.2.0.11", "10.2.0.10", "10.2.0.41", "10.2.0.99"

NETWORK = f"""
import json, socket, subprocess
for address in ("{WEB_MACHINE}", "{NGINX}", "{PROMETHEUS}", "{STRANGER}"):
    subprocess.run(["ip", "address", "add", address + "/24", "dev", "lo"], check=True)
subprocess.run(["ip", "address", "add", "fd00::1/64", "dev", "lo", "nodad"], check=True)
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
subprocess.run(["nft", "--file", "{SEVERAL}/web-machine.nft"], check=True)
site = socket.create_server(("::", 8000), family=socket.AF_INET6, dualstack_ipv6=True)
other = socket.create_server(("{WEB_MACHINE}", 8001))
def reaches(source, target, port=8000):
    try:
        socket.create_connection((target, port), timeout=2, source_address=(source, 0)).close()
    except ConnectionRefusedError:
        return False
    return True
print(json.dumps({{
    "nginx": reaches("{NGINX}", "{WEB_MACHINE}"),
    "prometheus": reaches("{PROMETHEUS}", "{WEB_MACHINE}"),
    "stranger": reaches("{STRANGER}", "{WEB_MACHINE}"),
    "itself": reaches("{WEB_MACHINE}", "{WEB_MACHINE}"),
    "over IPv6": reaches("fd00::1", "fd00::1"),
    "another port": reaches("{STRANGER}", "{WEB_MACHINE}", 8001),
}}))
"""


def test_nobody_but_nginx_and_prometheus_reaches_the_port_of_the_site() -> None:
    for program in ("unshare", "ip", "nft"):
        assert shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"), f"install Debian's package of {program}"
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    done = subprocess.run(
        ["unshare", "--net", *as_root, sys.executable, "-c", NETWORK],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "nginx": True,
        "prometheus": True,
        "stranger": False,
        "itself": False,
        "over IPv6": False,
        "another port": True,
    }
