"""Hosts, origins, ports, and URLs as somebody types them: the one way to write each, or why it is none, and what may
have been meant. Free of Django and of settings.

A name is written as DNS carries it (RFC 1035, with labels of IDNA in Punycode), an address as RFC 5952 writes it. What
browsers read as an address (https://url.spec.whatwg.org/#host-parsing) must be one in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

LARGEST_PORT = 65_535
LONGEST_NAME = 253
"""Characters of the name of a host."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts that are this machine."""

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DEVIANT = re.compile("[ßς\u200c\u200d]")
"""Characters that IDNA writes in two ways, an older and a newer: nobody can tell which host is meant."""

_SECRET = re.compile(r"(?<=//).*@|^[^/]*@", re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):/*", re.IGNORECASE)
_LONGEST_GIVEN = 100


def gettext_noop(text: str) -> str:
    """A reason that whoever tells it translates."""
    return text


REASONS = {
    "name": gettext_noop("This is not the name or the IP address of a host."),
    "wildcard": gettext_noop("A wildcard stands for hosts that nobody named: write the name of each host."),
    "deviant": gettext_noop("This name can be read in two ways: write it as xn--…"),
    "underscore": gettext_noop("The name of this site's host has no underscore."),
    "port": gettext_noop("A port is a number from 1 to 65535."),
    "https": gettext_noop("It must begin with https://."),
    "scheme": gettext_noop("It must begin with https:// or http://."),
    "credentials": gettext_noop("It must have no user name and no password."),
    "path": gettext_noop("It must end after the host and port, without a path."),
    "characters": gettext_noop("It must have no spaces and no invisible characters."),
    "fragment": gettext_noop("It must have no part after #."),
    "network": gettext_noop("This is not an IP address or a network in CIDR notation."),
}
"""Why something is not taken, by the code of the fault."""


class HostFault(ValueError):  # noqa: N818 -- it says what is wrong
    """Why a text is not taken: the `code` of a reason, what was `given` (without a password), and what may have been
    `meant` (empty where nothing comes near).
    """

    def __init__(self, code: str, given: str, meant: str = "") -> None:
        self.code, self.given, self.meant = code, shown(given), meant
        told = f"{self.given!r}: {REASONS[code]}"
        super().__init__(f"{told} Did you mean {meant}?" if meant else told)


def shown(given: str) -> str:
    """What was typed, as it may be repeated: without a user name and a password, and not at any length."""
    return _SECRET.sub("…@", given)[:_LONGEST_GIVEN]


def host_name(text: str, *, is_own: bool = False) -> str:
    """A host by its name in lower case, or by its IP address (IPv6 without brackets). Django answers to no name with an
    underscore, so that the site's own has none. Raises HostFault.
    """
    return _checked(text, lambda given: _host(given, is_own=is_own))


def port_number(text: str) -> int:
    """A port from 1 to 65535. Raises HostFault."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= LARGEST_PORT):
        raise HostFault("port", text)
    return int(text)


def web_origin(text: str, *, plain_for: Collection[str] | None = None, is_own: bool = False) -> str:
    """Scheme, host, and port as a browser writes an origin: in lower case, without the port that the scheme has anyway.
    `http` is allowed for the hosts of `plain_for` alone, where it is given. Raises HostFault.
    """

    def checked(given: str) -> str:
        parts = _parts(given, ("https", "http"), "scheme" if plain_for is None else "https")
        if parts.path or parts.query or "?" in given or "#" in given:
            raise HostFault("path", given)
        host = _host(parts.hostname or "", is_own=is_own)
        if parts.scheme == "http" and plain_for is not None and host not in plain_for:
            raise HostFault("https", given)
        return f"{parts.scheme}://{_netloc(parts, host)}"

    return _checked(text, checked)


def web_url(text: str, *, may_be_plain: bool) -> str:
    """A URL of a web page or service, with its host as DNS carries it; `http` only where that is allowed. Raises
    HostFault.
    """

    def checked(given: str) -> str:
        schemes = ("https", "http") if may_be_plain else ("https",)
        parts = _parts(given, schemes, "scheme" if may_be_plain else "https")
        if "#" in given:
            raise HostFault("fragment", given)
        netloc = _netloc(parts, _host(parts.hostname or ""))
        path, query = (quote(part, safe="/?%:@!$&'()*+,;=~") for part in (parts.path, parts.query))
        return urlunsplit((parts.scheme, netloc, path, query, ""))

    return _checked(text, checked)


def network(text: str) -> IPv4Network | IPv6Network:
    """An IP address, or a network in CIDR notation whose address is its first. Raises HostFault."""
    try:
        return ip_network(text)
    except ValueError:
        pass
    try:
        raise HostFault("network", text, str(ip_network(text, strict=False)))
    except HostFault:
        raise
    except ValueError:
        raise HostFault("network", text) from None


def _checked(text: str, check: Callable[[str], str]) -> str:
    """What a check makes of a text; else its fault, with the nearest text that it takes."""
    try:
        return check(text)
    except HostFault as fault:
        raise HostFault(fault.code, text, _nearest(text, check)) from None


def _parts(given: str, schemes: tuple[str, ...], code: str) -> SplitResult:
    if not given.isprintable() or any(char.isspace() or char == "\\" for char in given):
        raise HostFault("characters", given)
    try:
        parts = urlsplit(given)
    except ValueError:
        raise HostFault("name", given) from None
    if parts.scheme not in schemes or not given.lower().startswith(f"{parts.scheme}://"):
        raise HostFault(code, given)
    if "@" in parts.netloc:
        raise HostFault("credentials", given)
    return parts


def _netloc(parts: SplitResult, host: str) -> str:
    written = f"[{host}]" if ":" in host else host
    _, colon, port = parts.netloc.rpartition("]")[2].rpartition(":")
    if not colon:
        return written
    number = port_number(port)
    return written if number == {"https": 443, "http": 80}[parts.scheme] else f"{written}:{number}"


def _host(given: str, *, is_own: bool = False) -> str:
    """A host in the one way to write it."""
    bare = given[1:-1] if given.startswith("[") and given.endswith("]") else given
    try:
        address = ip_address(bare)
    except ValueError:
        return _name(given, is_own=is_own)
    if isinstance(address, IPv6Address) and address.scope_id:
        raise HostFault("name", given)
    return str(address)


def _name(given: str, *, is_own: bool) -> str:
    if "*" in given or given.startswith("."):
        raise HostFault("wildcard", given)
    if _DEVIANT.search(given):
        raise HostFault("deviant", given)
    try:
        name = given.encode("idna").decode().lower()
    except UnicodeError:
        raise HostFault("name", given) from None
    labels = name.split(".")
    if len(name) > LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
        raise HostFault("name", given)
    if is_own and "_" in name:
        raise HostFault("underscore", given)
    return name


def _nearest(text: str, check: Callable[[str], str]) -> str:
    """The first of what a text may have been meant as that the check takes; empty where it takes none."""
    for meant in _meant(text):
        try:
            return check(meant)
        except HostFault:
            continue
    return ""


def _meant(text: str) -> list[str]:
    """What a text may have been meant as: as a host, as an origin, and as a URL, without what does not belong there."""
    bare = "".join(char for char in text.strip().lower().replace("\\", "/") if char.isprintable() and char != " ")
    if "@" in bare:  # a password may have a slash
        bare = "//" + bare.rpartition("@")[2]
    rest = _SCHEME.sub("", bare, count=1).lstrip("/") if "/" in bare else bare
    netloc, slash, path = rest.partition("/")
    netloc = re.split(r"[?#]", netloc)[0]
    if netloc.count(":") > 1:  # an IPv6 address
        address, _, behind = netloc.removeprefix("[").partition("]")
        host, port = f"[{address.partition('%')[0]}]", behind.lstrip(":")
    else:
        host, _, port = netloc.partition(":")
    if port and not port.isdecimal() and "//" not in bare:
        return []
    host = re.sub(r"\.{2,}", ".", host.replace("*", "")).strip(".-")
    hosts = [host, host.replace("_", "-"), re.sub(r"-*\.-*", ".", host)]
    ports = [f":{port}", ""] if port else [""]
    path = (slash + path).partition("#")[0]
    return [
        *hosts,
        *(f"https://{one}{at}{path}" for one in hosts for at in ports),
        *(f"https://{one}{at}" for one in hosts for at in ports),
    ]
