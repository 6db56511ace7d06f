"""The commands of `brief` that print what shells and `man` must know of it."""

from __future__ import annotations

from argparse import Namespace

from .arguments import argument_parser
from .completion import completion
from .manual import manual
from .terminal import say


def print_completion(options: Namespace) -> int:
    for line in completion(options.shell, argument_parser()).splitlines():
        say(line)
    return 0


def print_manual(options: Namespace) -> int:
    for line in manual(argument_parser()).splitlines():
        say(line)
    return 0
