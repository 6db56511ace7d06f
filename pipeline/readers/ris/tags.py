"""Types and tags of RIS (Research Information Systems 2001; Zotero's and EndNote's use) → CSL."""

from __future__ import annotations

from collections.abc import Mapping


def _table(text: str) -> dict[str, str]:
    """Return {"JOUR": "article-journal", …} from lines "article-journal: JOUR EJOUR …"."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {tag: name.strip() for name, _, tags in lines for tag in tags.split()}


TYPES: Mapping[str, str] = _table(
    """
    article: PREPRINT EPRT
    article-journal: JOUR EJOUR JFULL INPR ABST
    article-magazine: MGZN
    article-newspaper: NEWS
    bill: BILL
    book: BOOK EBOOK EDBOOK SER CLSWK CTLG
    broadcast: ADVS
    chapter: CHAP ECHAP
    dataset: DATA DBASE AGGR
    document: GEN UNBILL GRANT MULTI
    entry-dictionary: DICT
    entry-encyclopedia: ENCYC
    figure: CHART EQUA FIGURE
    graphic: ART SLIDE
    hearing: HEAR
    interview: INTV
    legal_case: CASE
    legislation: STAT LEGAL
    manuscript: UNPB MANSCPT
    map: MAP
    motion_picture: MPCT VIDEO
    musical_score: MUSIC
    pamphlet: PAMP
    paper-conference: CONF CPAPER
    patent: PAT
    personal_communication: PCOMM ICOMM LETTER
    post-weblog: BLOG
    report: RPRT GOVDOC
    software: COMP
    song: SOUND
    standard: STAND
    thesis: THES
    webpage: ELEC WEB
    """
)
MANY: Mapping[str, str] = _table(
    """
    author: AU A1
    editor: A2 ED
    collection-editor: A3
    translator: A4 TA
    """
)
SINGLE: Mapping[str, str] = _table(
    """
    title: TI T1 CT
    container-title: T2 JF JO BT
    container-title-short: J2 JA J1
    collection-title: T3
    title-short: ST
    volume: VL
    issue: IS
    number: M1
    page-first: SP
    page-last: EP
    issued: PY Y1 DA
    accessed: Y2
    publisher: PB
    publisher-place: CY PP
    edition: ET
    DOI: DO
    URL: UR
    ISSN: SN
    language: LA
    genre: M3
    note: N1
    number-of-volumes: NV
    call-number: CN
    chapter-number: SE
    original-date: OP
    """
)
_BOOK: Mapping[str, str] = {"T2": "collection-title", "BT": "title", "SN": "ISBN", "A2": "editor"}
_IN_BOOK: Mapping[str, str] = {"SN": "ISBN", "IS": "issue"}
_NUMBERED: Mapping[str, str] = {"SN": "number", "IS": "number", "T2": "collection-title"}
# What tags mean in an entry of a type, where that is not what they mean in others.
BY_TYPE: Mapping[str, Mapping[str, str]] = {
    "article-journal": {"C7": "number", "M1": "number", "M3": ""},
    "book": _BOOK,
    "chapter": _IN_BOOK,
    "entry-dictionary": _IN_BOOK,
    "entry-encyclopedia": _IN_BOOK,
    "paper-conference": {**_IN_BOOK, "C1": "event-place", "C3": "container-title"},
    "patent": {"IS": "number", "SN": "number", "A2": ""},
    "report": _NUMBERED,
    "standard": _NUMBERED,
    "thesis": {"SN": "number"},
    "software": {"ET": "version", "SN": "ISBN"},
    "legal_case": {"A2": "", "SN": ""},
}
# What no entry prints: abstracts, keywords, links to files, and what programs keep for themselves.
UNREAD = frozenset(("AB", "N2", "KW", "L1", "L2", "L3", "L4", "LK", "ID", "RN", "DB", "DP", "AN"))
