"""Read the arguments of `brief`, as the tables of its commands say."""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from ..diagnostics import did_you_mean
from ..diagnostics.render import visible
from ..program import own_version
from .options import Command
from .table import COMMANDS

DESCRIPTION = """\
Policy briefs in Markdown, with a BibTeX file, become a print PDF, an editable
Word document and a web page, all with the same numbered references.
"""

EPILOGUE = """\
first steps:
  brief new rain            write briefs/rain.md and, if there is none, references.bib
  brief build               write build/rain.pdf, .docx and .html, and prove their numbers
  brief check               only look for mistakes; fast

exit codes: 0 success; 1 the sources are wrong, or an output failed its proof; 2 wrong usage
"""


def argument_parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return a parser for the command that the arguments begin with, else for all commands."""
    parser = _Parser(
        prog="brief",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        command = COMMANDS[name]
        its = commands.add_parser(name, help=command.help, description=command.description)
        its.set_defaults(run=_run(command))
        for argument in command.arguments:
            argument(its)
    return parser


_WRONG_COMMAND = re.compile(r"argument COMMAND: invalid choice: (['\"])(.*?)\1 \(", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    _is_mixed = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Allow options between the arguments of a command: `brief bib tidy --check refs.bib`.

        Where `--` ends the options, arguments come last anyhow.
        """
        if self._is_mixed or self._subparsers or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        self._is_mixed = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixed = False

    def error(self, message: str) -> NoReturn:
        if wrong := _WRONG_COMMAND.match(message):
            hint = did_you_mean(wrong[2], COMMANDS) or "`brief --help` lists all"
            message = f"there is no command `{wrong[2]}`; {hint}"
        super().error(visible(message))  # it quotes what was typed, or what a pattern matched


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        parser.exit(message=f"brief (Briefwright) {own_version()}\n")


def _run(command: Command) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command, imported only when called: a check must start fast."""
    module, _, name = command.run.partition(".")
    return lambda options: getattr(importlib.import_module(f".{module}", __package__), name)(
        options
    )
