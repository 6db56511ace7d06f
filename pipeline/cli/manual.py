"""The man page brief(1), made from the table of commands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from ..program import own_version


def manual(parser: argparse.ArgumentParser) -> str:
    """Return brief(1) in man(7), the macros that every `man` reads."""
    return "\n".join(_lines(parser)) + "\n"


def _lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.TH BRIEF 1 "" "Briefwright {own_version()}" "User commands"'
    yield ".SH NAME"
    yield "brief \\- build policy briefs, and prove their numbers"
    yield ".SH SYNOPSIS"
    yield ".B brief"
    yield ".I COMMAND"
    yield "[\\fIoptions\\fR] [\\fIfiles\\fR]"
    yield ".SH DESCRIPTION"
    yield _text(parser.description or "")
    yield ".SH COMMANDS"
    yield from _commands(parser)
    yield ".SH EXIT STATUS"
    for status, meaning in (
        ("0", "success"),
        ("1", "the sources are wrong, or an output failed its proof"),
        ("2", "wrong usage"),
        ("130", "interrupted; no file is half-written"),
    ):
        yield from (".TP", f".B {status}", meaning)
    yield ".SH ENVIRONMENT"
    for name, meaning in (
        ("NO_COLOR", "if set, nothing is printed in colour"),
        ("SOURCE_DATE_EPOCH", "the day that sources.lock records, in seconds since 1970"),
    ):
        yield from (".TP", f".B {name}", _text(meaning))


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for name, its in commands.choices.items():
        yield f'.SS "brief {_text(name)}{_usage(its)}"'
        yield _text(its.description or "")
        yield from _options(its)


def _usage(parser: argparse.ArgumentParser) -> str:
    files = [a for a in parser._actions if not a.option_strings]
    return "".join(f" {_shown(a)}" for a in files)


def _shown(action: argparse.Action) -> str:
    name = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
    name = _text(str(name))
    match action.nargs:
        case "*":
            return f"[{name} ...]"
        case "+":
            return f"{name} ..."
        case "?":
            return f"[{name}]"
        case _:
            return name


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.option_strings and "--help" not in action.option_strings:
            value = ""
            if action.nargs != 0:
                names = action.metavar or "|".join(map(str, action.choices or ()))
                shown = " ".join(names) if isinstance(names, tuple) else names
                value = f" \\fI{_text(shown or action.dest.upper())}\\fR"
            names = ", ".join(f"\\fB{_text(name)}\\fR" for name in action.option_strings)
            yield from (".TP", names + value, _text((action.help or "").replace("%%", "%")))
        elif not action.option_strings and action.help:
            yield from (".TP", f"\\fI{_shown(action)}\\fR", _text(action.help))


def _text(text: str) -> str:
    """Return text so that roff prints it as it is."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"[^ -~]", lambda found: f"\\[u{ord(found[0]):04X}]", text)
    return re.sub(r"^([.'])", r"\\&\1", text)
