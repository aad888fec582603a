"""`python sandbox.py JSON COMMAND …`: run a command as a unit of systemd allows it, without systemd.

Of what a unit says, this does User, UMask, WorkingDirectory, NoNewPrivileges, RestrictAddressFamilies,
MemoryDenyWriteExecute, and SystemCallFilter, with the library that systemd does it with (libseccomp) and the sets of
system calls that `systemd-analyze` lists.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress

ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM
EQUAL, MASKED_EQUAL = 4, 7
KEEP_CAPABILITIES, SET_NO_NEW_PRIVILEGES, AMBIENT, AMBIENT_RAISE = 8, 38, 47, 2
CAPABILITY_VERSION = 0x20080522
READ_ANYTHING = 2
"""CAP_DAC_READ_SEARCH."""
PROT_WRITE, PROT_EXEC = 2, 4

ALWAYS = ("@default", "execve", "exit", "exit_group", "getrlimit", "rt_sigreturn")
"""What a list of allowed calls always has."""


class CapabilityHeader(ctypes.Structure):
    """`struct __user_cap_header_struct`."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class Capabilities(ctypes.Structure):
    """`struct __user_cap_data_struct`: 32 capabilities, each a bit."""

    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


class Comparison(ctypes.Structure):
    """A condition on an argument of a call: `struct scmp_arg_cmp`."""

    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def sets_of_calls() -> dict[str, list[str]]:
    """The names of calls and of other sets in each set."""
    told = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    sets: dict[str, list[str]] = {}
    name = ""
    for line in told.splitlines():
        word = line.strip()
        if line.startswith("@"):
            name = word
            sets[name] = []
        elif name and word and not word.startswith("#"):
            sets[name].append(word)
    return sets


def expanded(names: Iterable[str], sets: dict[str, list[str]]) -> set[str]:
    """The calls of names, some of which are sets."""
    calls: set[str] = set()
    for name in names:
        calls |= expanded(sets[name], sets) if name.startswith("@") else {name}
    return calls


def allowed_calls(filters: Sequence[str]) -> set[str]:
    """The calls that the lines of SystemCallFilter allow."""
    sets = sets_of_calls()
    allowed = expanded(ALWAYS, sets)
    for line in filters:
        if line.startswith("~"):
            allowed -= expanded(line[1:].split(), sets)
        else:
            allowed |= expanded(line.split(), sets)
    return allowed


def conditions(call: str, families: Sequence[str]) -> list[Comparison | None]:
    """Under which conditions a call is allowed, each by itself; None for any."""
    if call in ("mmap", "mmap2"):
        return [Comparison(2, MASKED_EQUAL, flag, 0) for flag in (PROT_WRITE, PROT_EXEC)]
    if call in ("mprotect", "pkey_mprotect"):
        return [Comparison(2, MASKED_EQUAL, PROT_EXEC, 0)]
    if call == "socket":
        return [Comparison(0, EQUAL, getattr(socket, family), 0) for family in families]
    return [None]


def confine(families: Sequence[str], filters: Sequence[str]) -> None:
    """Let this process, and what it runs, make these calls only. Raises OSError."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(REFUSE))
    for call in sorted(allowed_calls(filters)):
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number < 0:
            continue  # this machine has no such call
        for condition in conditions(call, families):
            count, given = (0, None) if condition is None else (1, ctypes.byref(condition))
            if failed := library.seccomp_rule_add_array(context, ALLOW, number, count, given):
                raise OSError(-failed, f"{call}: {os.strerror(-failed)}")
    if failed := library.seccomp_load(context):
        raise OSError(-failed, os.strerror(-failed))


def become(user: int, group: int) -> None:
    """Become another account, which may read the code wherever that is, as it could on a server, and write nothing that
    is not its own. Where root itself may not read everything, as in a container, the code has to be readable for all.
    """
    library = ctypes.CDLL(None, use_errno=True)
    os.setgroups([])
    os.setgid(group)
    _done(library.prctl(KEEP_CAPABILITIES, 1, 0, 0, 0))
    os.setuid(user)
    bit = 1 << READ_ANYTHING
    held = (Capabilities * 2)(Capabilities(bit, bit, bit), Capabilities(0, 0, 0))
    with suppress(PermissionError):
        _done(library.capset(ctypes.byref(CapabilityHeader(CAPABILITY_VERSION, 0)), held))
        _done(library.prctl(AMBIENT, AMBIENT_RAISE, READ_ANYTHING, 0, 0))


def _done(status: int) -> None:
    if status:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def main(arguments: list[str]) -> None:
    """Become the command."""
    told, command = json.loads(arguments[0]), arguments[1:]
    if told["account"]:
        become(*told["account"])
    os.umask(int(told["umask"], 8))
    os.chdir(told["folder"])
    _done(ctypes.CDLL(None, use_errno=True).prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    confine(told["families"], told["calls"])
    os.execv(command[0], command)  # noqa: S606 -- the command of a unit


if __name__ == "__main__":
    main(sys.argv[1:])
