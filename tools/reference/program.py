"""The commands with their arguments, and the codes of findings."""

from __future__ import annotations

import argparse
from collections import Counter

from pipeline.cli.arguments import argument_parser
from pipeline.diagnostics import CODES

from .markdown import code, table, text

_SHARED = 4  # an argument of so many commands is explained once


def codes() -> str:
    """Return a table of all codes, each with a link to what `brief explain` prints."""
    explained = "../pipeline/diagnostics/explanations.md"
    return table(
        ("code", "severity", "what it says"),
        (
            (f"[`{name}`]({explained}#{name})", its.severity.value, text(its.summary))
            for name, its in CODES.items()
        ),
    )


def commands() -> str:
    """Return a section for each command; what several have in common comes first."""
    (found,) = (a for a in argument_parser()._actions if isinstance(a, argparse._SubParsersAction))
    counts = Counter(row for parser in found.choices.values() for row in _rows(parser))
    shared = [row for row, count in counts.items() if count >= _SHARED]
    parts = ["## Of several commands\n", table(("argument", ""), shared)]
    for name, parser in found.choices.items():
        rows = _rows(parser)
        common = [row[0] for row in rows if row in shared]
        usage = " ".join(["brief", name, *map(_positional, _files(parser))])
        parts.append(f"## brief {name}\n\n{code(usage)}\n\n{text(parser.description or '')}\n")
        if own := [row for row in rows if row not in shared]:
            parts.append(table(("argument", ""), own))
        if common:
            parts.append(f"And {', '.join(common)}, as [above](#of-several-commands).\n")
    return "\n".join(parts)


def _files(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not action.option_strings]


def _rows(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """Return each argument that has a help, with it."""
    return [
        (_named(action), text((action.help or "").replace("%%", "%")))
        for action in parser._actions
        if "--help" not in action.option_strings and (action.help or action.option_strings)
    ]


def _named(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(_positional(action))
    *others, last = action.option_strings
    shown = last if action.nargs == 0 else f"{last} {_value(action)}"
    return ", ".join(map(code, [*others, shown]))


def _positional(action: argparse.Action) -> str:
    shown = _value(action) + (" …" if action.nargs in ("*", "+") else "")
    return f"[{shown}]" if action.nargs in ("?", "*") else shown


def _value(action: argparse.Action) -> str:
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
    return " ".join(value) if isinstance(value, tuple) else value
