"""Completion of the command line in bash, zsh and fish, made from the table of commands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from msgspec import Struct

SHELLS = ("bash", "zsh", "fish")


class Option(Struct, frozen=True):
    names: tuple[str, ...]  # "-o", "--output"
    help: str
    choices: tuple[str, ...]
    takes_value: bool


class Spoken(Struct, frozen=True):
    """A command as a shell must know it. `words` are what stands where files do not."""

    name: str
    help: str
    options: tuple[Option, ...]
    words: tuple[str, ...]


def spoken(parser: argparse.ArgumentParser) -> list[Spoken]:
    """Return all commands of a parser, and below a command its own, as "bib tidy"."""
    return list(_commands(parser, ""))


def _commands(parser: argparse.ArgumentParser, before: str) -> Iterator[Spoken]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, its in action.choices.items():
            inner = list(_commands(its, f"{before}{name} "))
            words = [word for each in _positionals(its) for word in each.choices or ()]
            options = tuple(map(_option, (a for a in its._actions if a.option_strings)))
            yield Spoken(before + name, helps.get(name, ""), options, tuple(map(str, words)))
            yield from inner


def _positionals(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not action.option_strings]


def _option(action: argparse.Action) -> Option:
    return Option(
        tuple(action.option_strings),
        (action.help or "").replace("%%", "%"),
        tuple(map(str, action.choices or ())),
        action.nargs != 0,
    )


def completion(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return the script that a shell of `SHELLS` reads."""
    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return "\n".join(writers[shell](spoken(parser))) + "\n"


def _bash(commands: list[Spoken]) -> Iterator[str]:
    yield "# bash completion of brief: put it into ~/.local/share/bash-completion/completions/brief"
    yield "_brief() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}"
    yield '    local command="" each'
    yield '    for each in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do'
    yield '        case "$command $each" in'
    for command in commands:
        yield f'            " {command.name}"|"{command.name}") command="{command.name}" ;;'
    yield "        esac"
    yield "    done"
    yield '    local words=""'
    yield '    case "$command" in'
    top = " ".join(each.name for each in commands if " " not in each.name)
    yield f'        "") words="{top} --help --version" ;;'
    for command in commands:
        words = [*_next_words(command, commands), *(n for o in command.options for n in o.names)]
        yield f'        "{command.name}") words="{" ".join(words)}" ;;'
    yield "    esac"
    yield '    case "$command $before" in'
    for command in commands:
        for option in command.options:
            if option.choices:
                names = "|".join(f'"{command.name} {name}"' for name in option.names)
                yield f'        {names}) words="{" ".join(option.choices)}" ;;'
    yield "    esac"
    yield '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")'
    yield '    [[ $command && $word != -* ]] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <('
    yield '        compgen -f -- "$word")'
    yield "}"
    yield "complete -o filenames -F _brief brief"


def _next_words(command: Spoken, commands: list[Spoken]) -> list[str]:
    """Return the words that can follow a command: its own commands, or its choices."""
    inner = [each.name for each in commands if each.name.startswith(f"{command.name} ")]
    return [name.rpartition(" ")[2] for name in inner] or list(command.words)


def _zsh(commands: list[Spoken]) -> Iterator[str]:
    yield "#compdef brief"
    yield "# zsh completion of brief: put it into a folder of $fpath, as _brief"
    yield "_brief() {"
    yield "    local -a commands"
    yield "    commands=("
    top = [each for each in commands if " " not in each.name]
    for command in top:
        yield f"        {_quoted(f'{command.name}:{command.help}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then"
    yield "        _describe command commands"
    yield "        return"
    yield "    fi"
    yield "    case $words[2] in"
    for command in top:
        options = {
            n: o for each in _family(command, commands) for o in each.options for n in o.names
        }
        yield f"        {command.name}) _arguments \\"
        for name, option in options.items():
            value = ""
            if option.takes_value:
                value = (
                    f":value:({' '.join(option.choices)})" if option.choices else ":value:_files"
                )
            yield f"            {_quoted(f'{name}[{_bare(option.help)}]{value}')} \\"
        words = _next_words(command, commands)
        first = f"1:word:({' '.join(words)})" if words else "*:file:_files"
        yield f"            {_quoted(first)} ;;"
    yield "    esac"
    yield "}"
    yield '_brief "$@"'


def _family(command: Spoken, commands: list[Spoken]) -> list[Spoken]:
    return [command, *(each for each in commands if each.name.startswith(f"{command.name} "))]


def _bare(text: str) -> str:
    """Return text without what means something in zsh's `_arguments`."""
    return text.replace("[", "(").replace("]", ")").replace(":", ";")


def _fish(commands: list[Spoken]) -> Iterator[str]:
    yield "# fish completion of brief: put it into ~/.config/fish/completions/brief.fish"
    for command in commands:
        outer, _, name = command.name.rpartition(" ")
        when = f"__fish_seen_subcommand_from {outer}" if outer else "__fish_use_subcommand"
        yield f"complete -c brief -f -n {_quoted(when)} -a {name} -d {_quoted(command.help)}"
        when = f"__fish_seen_subcommand_from {name}"
        for option in command.options:
            parts = [f"complete -c brief -n {_quoted(when)}"]
            for written in option.names:
                parts.append(
                    f"-l {written[2:]}" if written.startswith("--") else f"-s {written[1:]}"
                )
            if option.choices:
                parts.append(f"-x -a {_quoted(' '.join(option.choices))}")
            elif option.takes_value:
                parts.append("-r")
            parts.append(f"-d {_quoted(option.help)}")
            yield " ".join(parts)
        if command.words:
            words = " ".join(command.words)
            yield f"complete -c brief -f -n {_quoted(when)} -a {_quoted(words)}"


def _quoted(text: str) -> str:
    """Return text in single quotation marks, as all three shells read it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "'\\''") + "'"
