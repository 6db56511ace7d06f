"""`brief house`: start a house style from a preset, and see what one looks like."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from ..diagnostics import did_you_mean
from ..disk import shown_path
from ..readers.markdown.front_schema import front_matter_schema
from ..roots import find_root
from ..styles import PRESET_NAMES, preset_folder, specimen
from ..styles.schema import house_schema
from .arguments import argument_parser
from .terminal import print_json, refuse, say

_DEFAULT = "institute"


def house(options: Namespace) -> int:
    return _new(options) if options.action == "new" else _show(options)


def _new(options: Namespace) -> int:
    """Write the files of a preset into a folder; what they leave out is as in the default."""
    if not options.name:
        return refuse("brief house new: give the folder: styles", 2)
    preset = options.preset or _DEFAULT
    if preset not in PRESET_NAMES:
        hint = did_you_mean(preset, PRESET_NAMES) or f"the presets are: {', '.join(PRESET_NAMES)}"
        return refuse(f"brief house new: there is no preset `{preset}`; {hint}", 2)
    folder = find_root(Path()) / options.name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return refuse(f"{shown_path(folder)} is not empty; nothing was changed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(preset_folder(preset).iterdir()):
            (folder / path.name).write_bytes(path.read_bytes())
            say(f"wrote {shown_path(folder / path.name)}")
    except OSError as error:
        return refuse(f"cannot write {shown_path(folder)}: {error.strerror or error}")
    say(f"now: brief house show {options.name}")
    return 0


def _show(options: Namespace) -> int:
    """Build the specimen in a house style: a preset, a folder, or that of the project."""
    if options.preset:
        return refuse("brief house show: name the preset itself: brief house show institute", 2)
    root = find_root(Path())
    name = options.name or ""
    if name in PRESET_NAMES and not (root / name).is_dir():
        folder = preset_folder(name)
    else:
        folder = root / (name or "styles")
        if name and not folder.is_dir():
            known = ", ".join(PRESET_NAMES)
            return refuse(f"there is no folder {shown_path(folder)}; the presets are: {known}")
    short = re.sub(r"\W+", "-", name).strip("-") or "own"
    out = (options.out or root / "build") / "house" / short
    styles = ["--styles", str(folder)] if folder.is_dir() else []
    arguments = ["build", str(specimen()), "--out", str(out), *styles]
    parsed = argument_parser(arguments).parse_args(arguments)
    code: int = parsed.run(parsed)
    for kind in ("pdf", "docx", "html"):
        if (path := out / f"specimen.{kind}").is_file():
            say(shown_path(path))
    return code


def schema(options: Namespace) -> int:
    """Print the JSON Schema of a file that people write."""
    print_json(house_schema() if options.what == "house" else front_matter_schema())
    return 0
