"""The commands about house styles."""

from __future__ import annotations

from pathlib import Path

from .options import Command, argument

OF_HOUSES = {
    "house": Command(
        "house.house",
        "start a house style, or show what one looks like",
        "`new NAME` writes a folder with the few lines in which a preset differs from the default "
        "house style. `show` builds a specimen with every element of a brief as PDF, Word and HTML "
        "in build/house/: in the house style of the project, or in the preset or folder NAME.",
        (
            argument("action", choices=("new", "show")),
            argument("name", nargs="?", metavar="NAME", help="a folder; for show also a preset"),
            argument(
                "--from",
                dest="preset",
                metavar="PRESET",
                help="what a new house style begins with: institute, government or newsroom "
                "(default: institute)",
            ),
            argument("--out", type=Path, metavar="DIR", help="for show (default: build/)"),
        ),
    ),
    "schema": Command(
        "house.schema",
        "print the JSON Schema of house.toml or of front matter",
        "Print the JSON Schema of house.toml, or of the front matter of a brief, by which editors "
        "complete and check keys.",
        (argument("what", choices=("house", "front-matter")),),
    ),
}
