"""Where a source is kept when its address dies: said after each entry that names an archive."""

from __future__ import annotations

from ..language.dates import date_in_words
from ..language.terms import term
from ..model.references import Date, Reference, RichText, Run, plain

_ENDS = (".", "?", "!", "。", "．", "؟")


def with_archive(entry: RichText, reference: Reference, lang: str) -> RichText:
    """Return an entry with "Archived 2 March 2026: https://…" after it, if there is an archive."""
    address = reference.fields.get("archive-url", ())
    if not plain(address):
        return entry
    day = _day(reference.dates.get("archived"), lang)
    words = term("archived" if day else "archived-undated", lang).replace("{date}", day)
    before, _, after = words.partition("{url}")
    stop = "" if plain(entry).rstrip("\"'”’»").endswith(_ENDS) or not entry else "."
    blank = " " if entry else ""
    return (*entry, Run(f"{stop}{blank}{before}"), *address, *((Run(after),) if after else ()))


def _day(date: Date | None, lang: str) -> str:
    """Return a day in words; of a date that is less than a day, what is known of it."""
    if date is None or not date.parts or not date.parts[0]:
        return date.literal if date else ""
    try:
        return date_in_words(date.parts[0], lang)
    except ValueError:  # a season
        return "-".join(f"{part:02}" for part in date.parts[0])
