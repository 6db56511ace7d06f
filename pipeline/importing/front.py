"""The front matter of an imported brief: what the title block or the properties of the file say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from msgspec import Struct

from ..language.dates import read_day
from ..language.files import language_of
from ..language.tags import language_tag
from ..merge.writing import Setting
from .lines import Context, line, words_of
from .values import Block, Document, Paragraph, Place, Table

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/’–-]*[\w.)]")
_PROGRAMS = re.compile(
    r"(?i)python-docx|microsoft|office|windows|user|admin|unknown|un-named|author|pandoc"
)
_FILE_TITLE = re.compile(r"(?i)microsoft word|\.docx?$|^untitled|^document\d*$|^powerpoint")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_MOST_TITLE_LINES = 20  # paragraphs at the beginning in which the title block is looked for


class TitleBlock(Struct):
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""


def front_matter(
    document: Document, blocks: list[Block], context: Context, name: str, more: dict[str, str]
) -> str:
    """Return the front matter; what it says is taken out of `blocks`."""
    found = _from_styles(blocks, context)
    properties = document.properties
    if not found.title:
        found.title = _from_heading(blocks, context)
    if not found.title and not _FILE_TITLE.search(said := properties.get("title", "")) and said:
        found.title = _quoted_text(said)
        context.lose(
            "check", "title", "the title is that of the properties of the file", Place(), said
        )
    if not found.title:
        found.title = name.replace("-", " ").replace("_", " ").strip().capitalize() or "Untitled"
        context.lose("check", "title", "the file says no title: its name is taken", Place())
    creator = properties.get("creator", "")
    if not found.authors and creator and not _PROGRAMS.search(creator):
        found.authors = tuple(filter(None, (part.strip() for part in creator.split(";"))))
        context.lose(
            "check", "author", "the author is that of the properties of the file", Place(), creator
        )
    if not found.date and (day := re.match(r"\d{4}-\d{2}-\d{2}", properties.get("modified", ""))):
        found.date = day[0]
        message = "the date is that on which the file was last saved"
        context.lose("check", "date", message, Place(), day[0])
    lang = _language(document)
    rows = [f"title: {found.title}"]
    rows += [f"subtitle: {found.subtitle}"] if found.subtitle else []
    rows += ["authors:", *(f"  - {_quoted(author)}" for author in found.authors)] * bool(
        found.authors
    )
    rows += [f"date: {found.date}"] if found.date else []
    rows += [f"lang: {lang}"] if lang else []
    rows += [f"{key}: {value}" for key, value in more.items()]
    return "\n".join(("---", *rows, "---"))


def _language(document: Document) -> str:
    written = document.properties.get("language") or document.lang
    tag = language_tag(written) if written else ""
    if not tag:
        return ""
    offered = language_of(tag).tag
    return tag if offered.partition("-")[0] == tag.partition("-")[0].lower() else ""


def _from_styles(blocks: list[Block], context: Context) -> TitleBlock:
    found = TitleBlock()
    taken = []
    for block in blocks[:_MOST_TITLE_LINES]:
        if isinstance(block, Table) or (block.kind == "heading" and block.text.strip()):
            break
        if not block.text.strip():
            continue
        if block.kind in ("title", "subtitle"):
            words = _line(block, context)
            if block.kind == "title" and not found.title:
                found.title = words
            elif not found.subtitle:
                found.subtitle = words
            else:
                continue
        elif block.kind == "author":
            found.authors = (*found.authors, *_names(block))
        elif not found.date and (day := _day(block)) and (block.kind == "date" or found.title):
            found.date = day
            if block.kind != "date":
                message = "the date is that of a line below the title"
                context.lose("check", "date", message, block.place, day)
        else:
            continue
        taken.append(block)
    blocks[:] = [block for block in blocks if not any(block is each for each in taken)]
    return found


def _from_heading(blocks: list[Block], context: Context) -> str:
    """Take the only heading of the highest level as title, if it comes first."""
    solid = [b for b in blocks if isinstance(b, Table) or b.text.strip()]
    heads = [b for b in solid if isinstance(b, Paragraph) and b.kind == "heading"]
    if not heads or solid[0] is not heads[0] or len(heads) < 2:
        return ""
    if any(head.level <= heads[0].level for head in heads[1:]):
        return ""
    title = _line(heads[0], context)
    blocks[:] = [block for block in blocks if block is not heads[0]]
    return title


def _day(block: Paragraph) -> str:
    is_plain = block.kind in ("date", "text") and block.item is None
    day = read_day(words_of(block.pieces)) if is_plain else None
    return day.isoformat() if day else ""


def _names(block: Paragraph) -> Sequence[str]:
    text = words_of(block.pieces)
    return [name for name in re.split(r"\s*(?:;|\n)\s*", text) if name]


def _line(block: Paragraph, context: Context) -> str:
    """Return a paragraph as a value of the front matter."""
    written = line(block.pieces, context, block.place, Setting(front=True))
    plain = written.replace(r"\#", "#")
    if _PLAIN.fullmatch(written) and written.casefold() not in _WORDS:
        return written
    return json.dumps(plain, ensure_ascii=False)


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _quoted_text(text: str) -> str:
    escaped = re.sub(r"[\\`*_\[\]<~^${]|@(?=\w)", r"\\\g<0>", text)
    return _quoted(escaped)
