"""Items as Markdown. Nothing that was typed in Word becomes syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ..model import CROSS_REFERENCED, Anchor
from ..ooxml import read_field
from ..readers.docx import PLAIN, Format
from ..text import link_target
from .items import ALONE, Item

_SPECIAL = re.compile(
    r"[\\`*_\[\]<~^${\"']|@(?=[\w{])|&(?=[#\w])|-(?=-)|(?<=-)-|=(?==)|\+(?=\+)|%(?=%)|\.(?=\.\.)"
)
_OPENS_BLOCK = re.compile(
    r"(?:\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})[.)])(?=\s|$)"
    r"|~{3}|[>|:=+%-]|#{1,6}(?=\s|$)|\((?=[^()\n]+\)=)|[Tt]able:(?=\s)"
)
_COMMA = re.compile(r"^[،，、]\s*")  # between a key and its locator, in other scripts
_NBSP = "\N{NO-BREAK SPACE}"


class Unwritable(Exception):
    """Why items cannot be written as Markdown, as a sentence."""


class Token(Struct, frozen=True):
    """A part of a line: Markdown that is ready, or text; `format` is that of text."""

    written: str
    format: Format | None  # None: it takes that of its neighbours


class Setting(Struct, frozen=True):
    """Where Markdown is written: what stands around it, and what it may be made of."""

    inside: Format = PLAIN  # of the nodes around it
    cell: bool = False  # of a table: `|` ends it
    front: bool = False  # in the front matter
    quoted: str = ""  # the quotation mark of its value there
    before: str = ""  # the character before it
    after: str = ""
    anchors: Mapping[str, Anchor] = {}  # by bookmark
    straight: bool = False  # straight quotation marks may be printed as is usual in the language


def escaped(text: str, before: str, after: str, setting: Setting) -> str:
    """Return typed text so that Markdown, and YAML around it, print it as it is.

    What stands before and after it decides: two hyphens are a dash.
    """
    start, whole = len(before), before + text + after
    kept = "\"'" if setting.straight else ""
    text = "".join(
        f"\\{character}"
        if character not in kept and _SPECIAL.match(whole, start + place)
        else character
        for place, character in enumerate(text)
    )
    if setting.cell:
        text = text.replace("|", r"\|")
    if setting.front and not setting.quoted:
        text = text.replace("#", r"\#")  # it would begin a comment
    if setting.quoted == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if setting.quoted == "'" else text


def without_block_start(text: str) -> str:
    """Return text so that it begins no heading, list, quote or caption where it begins a line."""
    found = _OPENS_BLOCK.match(text)
    if not found:
        return text
    end = found.end()
    if end > 1 and found[0][-1] in ".):":
        return f"{text[: end - 1]}\\{text[end - 1 :]}"
    return f"\\{text}"


def token_at(items: Sequence[Item], place: int, setting: Setting) -> Token:
    """Return a new item as Markdown. Raises `Unwritable`."""
    item = items[place]
    following = items[place + 1] if place + 1 < len(items) else None
    match item.kind:
        case "text":
            if item.text == "\N{REPLACEMENT CHARACTER}":
                raise Unwritable("a sign of a symbol font was added: type it as a character")
            if item.format.code:
                return Token(item.text, item.format)
            before = _text(items[max(place - 2, 0) : place])
            after = _text(items[place + 1 : place + 3])
            return Token(escaped(item.text, before, after, setting), item.format)
        case "blank":
            fixed = item.shown == _NBSP and not (following and following.kind == "citation")
            return Token(_NBSP if fixed else " ", None)
        case "citation":
            joins = place and items[place - 1].kind == "text"
            return Token(f"{' ' if joins else ''}{bracket(item)}", None)
        case "field":
            return Token(_cross_reference(item, setting), None)
        case "break":
            if setting.cell or setting.front:
                return Token("<br>", None)
            raise Unwritable("a line break was added: end the line with a backslash in Markdown")
        case "maths":
            raise Unwritable("a formula was added or changed: write it as $…$ in the Markdown")
        case "image":
            raise Unwritable("a picture or text box was added: put the image into the Markdown")
        case _:
            raise Unwritable("something was added that is written in Markdown only")


def _text(items: Sequence[Item]) -> str:
    return "".join(item.text if item.kind == "text" else " " for item in items)


def bracket(item: Item) -> str:
    """Return a citation in brackets: `[see @smith2021, p. 4; @lee2019]`."""
    return "[" + "; ".join(written_cite(c.key, c.before, c.after) for c in item.cites) + "]"


def written_cite(key: str, before: str, after: str) -> str:
    plain = re.fullmatch(r"[\w][\w:.#$%&+?~/-]*[\w]|\w", key) and "--" not in key
    words = re.sub(r"[\[\]\\`*_<;@]", r"\\\g<0>", _COMMA.sub(", ", after))
    start = re.sub(r"[\[\]\\`*_<;@]", r"\\\g<0>", before)
    shown = f"@{key}" if plain else f"@{{{key}}}"
    return (
        (f"{start} " if start else "")
        + shown
        + (words if words[:1] in ",;" or not words else f" {words}")
    )


def _cross_reference(item: Item, setting: Setting) -> str:
    found = read_field(item.text)
    anchor = setting.anchors.get(found.arguments[0]) if found.arguments else None
    if anchor is None or anchor.kind not in CROSS_REFERENCED or found.kind != "REF":
        if found.arguments and found.arguments[0].startswith("ref_"):
            raise Unwritable("the number of a reference was left without its mark, or lost in it")
        raise Unwritable("a field was added or changed that is none of the brief's")
    return f"[-@{anchor}]" if item.text.endswith(ALONE) else f"@{anchor}"


def joined(tokens: Sequence[Token], setting: Setting) -> str:
    """Return tokens with the delimiters of their formats, nested in one order."""
    tokens = _settled(tokens)
    return _wrapped(tokens, 0, setting)


def _settled(tokens: Sequence[Token]) -> list[Token]:
    """Give what has no format of its own that of both its neighbours, if they agree."""
    following: list[Format] = []
    for token in reversed(tokens):
        following.append(token.format or (following[-1] if following else PLAIN))
    found = []
    previous = PLAIN
    for token, after in zip(tokens, reversed(following), strict=True):
        previous = token.format or previous
        found.append(replace(token, format=token.format or _common(previous, after)))
    return found


def _common(one: Format, other: Format) -> Format:
    return Format(
        one.bold and other.bold,
        one.italic and other.italic,
        one.strike and other.strike,
        one.code and other.code,
        one.position if one.position == other.position else "",
        one.link if one.link == other.link else "",
    )


_ORDER: tuple[Callable[[Format], str], ...] = (
    lambda f: f.link,
    lambda f: "~~" if f.strike else "",
    lambda f: "**" if f.bold else "",
    lambda f: "*" if f.italic else "",
    lambda f: {"super": "sup", "sub": "sub"}.get(f.position, ""),
    lambda f: "`" if f.code else "",
)


def _wrapped(tokens: Sequence[Token], level: int, setting: Setting) -> str:
    if level == len(_ORDER):
        return "".join(token.written for token in tokens)
    value = _ORDER[level]
    inside = value(setting.inside)
    groups = [(key, list(g)) for key, g in groupby(tokens, key=lambda t: value(t.format or PLAIN))]
    found = ""
    for place, (key, group) in enumerate(groups):
        inner = _wrapped(group, level + 1, setting)
        if not key or key == inside:
            found += inner
            continue
        after = groups[place + 1][1][0].written if place + 1 < len(groups) else setting.after
        found += _delimited(inner, key, level, found or setting.before, after, setting)
    return found


def _delimited(inner: str, key: str, level: int, before: str, after: str, setting: Setting) -> str:
    if level == 0:
        return f"[{inner}]({_address(key, setting)})"
    if key in ("sup", "sub"):
        return f"<{key}>{inner}</{key}>"
    if key == "`":
        fence = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
        pad = " " if inner[:1] == "`" or inner[-1:] == "`" else ""
        return fence + pad + inner + pad + fence
    if _flanks(before[-1:], inner[:1]) and _flanks(after[:1], inner[-1:]):
        return key + inner + key
    tag = {"**": "b", "*": "i"}.get(key, "")
    if not tag:
        raise Unwritable("text was struck out where Markdown cannot say so")
    return f"<{tag}>{inner}</{tag}>"


def _flanks(outer: str, inner: str) -> bool:
    """Say whether a delimiter between two characters opens or closes (CommonMark, 6.2)."""
    if not inner or inner.isspace():
        return False
    return not _is_punctuation(inner) or not outer or outer.isspace() or _is_punctuation(outer)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _address(link: str, setting: Setting) -> str:
    if link.startswith("#"):
        anchor = setting.anchors.get(link[1:])
        if anchor is None:
            raise Unwritable("a link was added to a place that is none of the brief's")
        return f"#{anchor}"
    target = link_target(link)
    if not target:
        raise Unwritable("a link was added to an address that no output may link to")
    return target if re.fullmatch(r"[^\s()<>\\]*", target) else f"<{target}>"
