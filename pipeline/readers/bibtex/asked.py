"""The fields of an entry that nothing is made of: no CSL variable takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What programs leave in entries, or take from them to sort and to search.
_FOR_PROGRAMS = (
    r"(?:bdsk|date|mendeley|citeulike|zotero|jabref|bib|ads|posted|local|added|last|x)[-_].*|__.*"
    r"|.*\+an(?::.*)?|(?:sort|presort|index|short|related|lang|xref|crossref|xdata|entryset|user|verb|list"
    r"|name)[a-z]*|options|ids|key|label|hyphenation|babel|gender|execute|rating|ranking|read"
    r"|readstatus|priority|creationdate|modificationdate|citationkey|interhash|intrahash|biburl"
    r"|bibsource|adsurl|adsnote|eprinttype|eprintclass|archiveprefix|primaryclass|lccn|mrnumber"
    r"|mrclass|zblnumber|coden|pagination|bookpagination|pdf|localfile|review|username|cited|qualityassured"
    r"|printed|urn|opac|numpages|articleno|issue_date|collection|bibtexkey|refid|article-number"
    r"|web-of-science.*|unique-id|researcherid.*|orcid.*|keywords-plus|language|affiliation"
)


class Values(dict[str, str]):
    """The fields of an entry; it notes which are asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


def unread(own: Mapping[str, str], values: Values) -> tuple[str, ...]:
    """Return the fields of an entry that nothing was made of, without those for programs."""
    left = own.keys() & values.keys() - values.asked
    return tuple(name for name in own if name in left and not re.fullmatch(_FOR_PROGRAMS, name))
