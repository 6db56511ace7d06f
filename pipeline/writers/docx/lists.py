"""numbering.xml: how headings and lists are numbered. Word counts; the table of numbers agrees."""

from __future__ import annotations

from ...ooxml import declarations
from .writing import ListNumbers, Writing

HEADINGS = 1  # the `w:numId` of the headings; those of lists follow
_ABSTRACT = {"heading": 0, "bullet": 1, "number": 2, "task": 3}
_INDENT = 360  # twips per level
_BULLETS = "•–▪"
_HEADING_HANGING = (425, 567, 709, 851, 992, 1134)


def numbering_part(writing: Writing) -> str:
    side = "right" if writing.right_to_left else "left"
    definitions = (_headings(side), *(_levels(kind, side) for kind in ("bullet", "number", "task")))
    numbers = [f'<w:num w:numId="{HEADINGS}"><w:abstractNumId w:val="0"/></w:num>']
    numbers += [_list(number, found) for number, found in enumerate(writing.lists, HEADINGS + 1)]
    return (
        f"<w:numbering {declarations('w')}>{''.join(definitions)}{''.join(numbers)}</w:numbering>"
    )


def _list(number: int, found: ListNumbers) -> str:
    """Return one list. Its start is said even where it is 1, or Word goes on from the last one."""
    abstract = f'<w:abstractNumId w:val="{_ABSTRACT[found.kind]}"/>'
    override = ""
    if found.kind == "number":
        override = (
            f'<w:lvlOverride w:ilvl="{found.level}"><w:startOverride w:val="{found.start}"/>'
            "</w:lvlOverride>"
        )
    return f'<w:num w:numId="{number}">{abstract}{override}</w:num>'


def _abstract(kind: str, levels: list[str]) -> str:
    number = _ABSTRACT[kind]
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="B41EF00{number}"/>'
        f'<w:multiLevelType w:val="{"multilevel" if kind == "heading" else "hybridMultilevel"}"/>'
        f'<w:tmpl w:val="B41EF01{number}"/>{"".join(levels)}</w:abstractNum>'
    )


def _headings(side: str) -> str:
    """Return "1." for sections and "1.1", "1.1.1" below, tied to the styles of headings.

    `side` is where the text begins: `w:lvlJc` means a side of the page, whatever the direction
    (17.9.7), and a number on the other one would hang out of the text.
    """
    levels = []
    for level, hanging in enumerate(_HEADING_HANGING):
        text = ".".join(f"%{i + 1}" for i in range(level + 1)) + ("" if level else ".")
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="Heading{level + 1}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="{side}"/><w:pPr><w:ind w:left="{hanging}" w:hanging="{hanging}"/>'
            "</w:pPr></w:lvl>"
        )
    return _abstract("heading", levels)


def _levels(kind: str, side: str) -> str:
    levels = []
    for level in range(9):
        number_format = "decimal" if kind == "number" else "bullet"
        text = {
            "number": f"%{level + 1}.",
            "bullet": _BULLETS[level % len(_BULLETS)],
            "task": " ",  # not empty: pandoc would join the items
        }[kind]
        suffix = '<w:suff w:val="nothing"/>' if kind == "task" else ""
        left = _INDENT * (level + 1)
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
            f'{suffix}<w:lvlText w:val="{text}"/><w:lvlJc w:val="{side}"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        )
    return _abstract(kind, levels)
