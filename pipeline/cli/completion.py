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
    """Return all commands of a parser."""
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    helps = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    return [_spoken(name, helps[name], its) for name, its in commands.choices.items()]


def _spoken(name: str, help: str, parser: argparse.ArgumentParser) -> Spoken:
    words = [str(w) for a in parser._actions if not a.option_strings for w in a.choices or ()]
    options = [_option(action) for action in parser._actions if action.option_strings]
    return Spoken(name, help, tuple(options), tuple(words))


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
    yield '    local command="" words=""'
    yield "    (( COMP_CWORD > 1 )) && command=${COMP_WORDS[1]}"
    yield '    case "$command" in'
    yield f'        "") words="{" ".join(each.name for each in commands)} --help --version" ;;'
    for command in commands:
        words = [*command.words, *(name for one in command.options for name in one.names)]
        yield f'        {command.name}) words="{" ".join(words)}" ;;'
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


def _zsh(commands: list[Spoken]) -> Iterator[str]:
    yield "#compdef brief"
    yield "# zsh completion of brief: put it into a folder of $fpath, as _brief"
    yield "_brief() {"
    yield "    local -a commands"
    yield "    commands=("
    for command in commands:
        yield f"        {_quoted(f'{command.name}:{command.help}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then"
    yield "        _describe command commands"
    yield "        return"
    yield "    fi"
    yield "    case $words[2] in"
    for command in commands:
        yield f"        {command.name}) _arguments \\"
        for option in command.options:
            values = f"({' '.join(option.choices)})" if option.choices else "_files"
            value = f":value:{values}" if option.takes_value else ""
            for name in option.names:
                yield f"            {_quoted(f'{name}[{_bare(option.help)}]{value}')} \\"
        # The first argument is the word `brief`'s command.
        if command.words:
            yield f"            {_quoted('2:word:(' + ' '.join(command.words) + ')')} \\"
        yield "            '*:file:_files' ;;"
    yield "    esac"
    yield "}"
    yield '_brief "$@"'


def _bare(text: str) -> str:
    """Return text without what means something in zsh's `_arguments`."""
    return text.replace("[", "(").replace("]", ")").replace(":", ";")


def _fish(commands: list[Spoken]) -> Iterator[str]:
    yield "# fish completion of brief: put it into ~/.config/fish/completions/brief.fish"
    for command in commands:
        name, help = command.name, _quoted(command.help)
        yield f"complete -c brief -f -n __fish_use_subcommand -a {name} -d {help}"
        when = f"complete -c brief -n {_quoted(f'__fish_seen_subcommand_from {name}')}"
        for option in command.options:
            names = [f"-{'l' * n.startswith('--') or 's'} {n.lstrip('-')}" for n in option.names]
            value = f" -x -a {_quoted(' '.join(option.choices))}" if option.choices else " -r"
            value = value if option.takes_value else ""
            yield f"{when} {' '.join(names)}{value} -d {_quoted(option.help)}"
        if command.words:
            yield f"{when} -f -a {_quoted(' '.join(command.words))}"


def _quoted(text: str) -> str:
    """Return text in single quotation marks, as all three shells read it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "'\\''") + "'"
