"""HTML that programs leave in fields: named characters, and tags that format text."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from html.entities import html5

from msgspec.structs import replace

from ..model.references import RichText, Run
from ..text import without_controls

CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
TAG = re.compile(r"<(?P<close>/?)(?P<name>i|em|b|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.I)
DRESSES: Mapping[str, Mapping[str, bool | str]] = {
    "i": {"italic": True},
    "em": {"italic": True},
    "b": {"bold": True},
    "strong": {"bold": True},
    "sub": {"position": "sub"},
    "sup": {"position": "super"},
    "sc": {"small_caps": True},
    "span": {},
}


def without_html(runs: RichText) -> RichText:
    """Return runs with `&amp;` as `&` and `<i>…</i>` in italics; other tags are text."""
    if not any("<" in run.text or "&" in run.text for run in runs):
        return runs
    dressed = [
        replace(run, text=without_controls(CHARACTER.sub(_character, run.text)))
        for run in _dressed(runs)
    ]
    return tuple(run for run in dressed if run.text)


def _character(found: re.Match[str]) -> str:
    return html5.get(f"{found[1]};", found[0]) if found[1] else html.unescape(found[0])


def _dressed(runs: RichText) -> list[Run]:
    pairs = _pairs(runs)
    result: list[Run] = []
    opened: list[str] = []
    for number, run in enumerate(runs):
        start = 0
        for tag in [*TAG.finditer(run.text), None]:
            if tag and (number, tag.start()) not in pairs:
                continue
            changes = {key: value for name in opened for key, value in DRESSES[name].items()}
            if "italic" in changes:  # italics in italics are upright
                changes["italic"] = sum(name in ("i", "em") for name in opened) % 2 == 1
            text = run.text[start : tag.start() if tag else None]
            result.append(replace(run, text=text, **changes))
            if tag:
                start = tag.end()
                if tag["close"]:
                    opened.pop()
                else:
                    is_small = "small-caps" in tag[0].lower()  # a span of CSL-JSON
                    opened.append("sc" if is_small else tag["name"].lower())
    return result


def _pairs(runs: RichText) -> set[tuple[int, int]]:
    """Return the places of paired, properly nested tags, as run and offset."""
    pairs: set[tuple[int, int]] = set()
    opened: list[tuple[str, tuple[int, int]]] = []
    waiting = Counter[str]()  # names of those, so that no tag looks through all of them
    for number, run in enumerate(runs):
        for tag in TAG.finditer(run.text):
            name, place = tag["name"].lower(), (number, tag.start())
            if not tag["close"]:
                opened.append((name, place))
                waiting[name] += 1
            elif waiting[name]:
                while opened[-1][0] != name:
                    waiting[opened.pop()[0]] -= 1
                pairs |= {opened.pop()[1], place}
                waiting[name] -= 1
    return pairs
