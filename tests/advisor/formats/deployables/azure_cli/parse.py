"""Read commands with the parser of azure-cli, and say which it refuses. Runs in the environment of azure-cli.

Standard input is a JSON list of commands, each a list of words. Standard output is a JSON list with what is wrong with
each, an empty text where nothing is. Nothing is run.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from typing import Any

from azure.cli.core import get_default_cli
from azure.cli.core.commands.events import EVENT_INVOKER_POST_LOAD_ARGUMENTS, EVENT_INVOKER_PRE_LOAD_ARGUMENTS
from knack.events import EVENT_INVOKER_POST_CMD_TBL_CREATE


def command_of(words: list[str]) -> str:
    """The words before the first option."""
    return " ".join(words[: next(at for at, word in enumerate(words) if word.startswith("-"))])


def parser_of(words: list[str]) -> Callable[[list[str]], Any]:
    """The parser that has the command that these words are of, made as `az` makes it."""
    cli = get_default_cli()
    invocation = cli.invocation_cls(
        cli_ctx=cli,
        parser_cls=cli.parser_cls,
        commands_loader_cls=cli.commands_loader_cls,
        help_cls=cli.help_cls,
    )
    cli.invocation = invocation
    loader, command = invocation.commands_loader, command_of(words)
    loader.load_command_table(words)
    loader.command_name = command
    loader.command_table = {command: loader.command_table[command]}
    invocation.data["command_string"] = command
    # the options that every command has, as --subscription
    cli.raise_event(EVENT_INVOKER_PRE_LOAD_ARGUMENTS, commands_loader=loader)
    loader.load_arguments(command)
    cli.raise_event(EVENT_INVOKER_POST_LOAD_ARGUMENTS, commands_loader=loader)
    cli.raise_event(EVENT_INVOKER_POST_CMD_TBL_CREATE, commands_loader=loader)
    invocation.parser.load_command_table(loader)
    parse: Callable[[list[str]], Any] = invocation.parser.parse_args
    return parse


def main() -> None:
    """Read the commands, and write what is wrong with each."""
    parsers: dict[str, Callable[[list[str]], Any]] = {}
    wrong = []
    for words in json.load(sys.stdin):
        command = command_of(words)
        if command not in parsers:
            parsers[command] = parser_of(words)
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
                parsers[command](words)
            wrong.append("")
        except SystemExit:
            wrong.append(said.getvalue() or "refused")
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}")
    json.dump(wrong, sys.stdout)


if __name__ == "__main__":
    main()
