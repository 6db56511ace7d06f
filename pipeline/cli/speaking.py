"""The commands of `brief` that print what shells and `man` must know of it."""

from __future__ import annotations

from argparse import Namespace

from .arguments import argument_parser
from .completion import completion
from .manual import manual


def print_completion(options: Namespace) -> int:
    print(completion(options.shell, argument_parser()), end="")
    return 0


def print_manual(options: Namespace) -> int:
    print(manual(argument_parser()), end="")
    return 0
