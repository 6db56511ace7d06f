"""The library, the images and the tables that examples and random briefs use."""

import struct
import zlib

from pipeline.diagnostics import Span
from pipeline.model.references import Date, Name, Reference, Run, library_of
from pipeline.readers.markdown import FileProblem

SPAN = Span.on_line("references.bib", 1, 1, 1)


def reference(key, kind, title, author, year, **fields):
    return Reference(
        key,
        kind,
        {"title": (Run(title),)} | {name: (Run(text),) for name, text in fields.items()},
        {"author": (author,)},
        {"issued": Date(((year,),))},
        span=SPAN,
    )


REFERENCES = (
    reference(
        "smith2021",
        "article-journal",
        "Rain on Roofs",
        Name("Smith", "Ann"),
        2021,
        **{"container-title": "Journal of Rain", "volume": "4", "page": "12-19"},
    ),
    reference(
        "lee2019",
        "book",
        "Water in Canada & Japan",
        Name("Lee", "Bo"),
        2019,
        publisher="North Press",
    ),
    reference(
        "who2020",
        "report",
        "Wells <and> Springs",
        Name(literal="World Health Organization"),
        2020,
        publisher="WHO",
        URL="https://example.org/wells",
    ),
    reference(
        "ng2022",
        "webpage",
        "Counting Drops",
        Name("Ng", "Chi"),
        2022,
        URL="https://example.org/drops?a=1&b=2",
    ),
    reference("act2013", "legislation", "Drainage Act 2013", Name(literal="Parliament"), 2013),
    reference("ito2018", "thesis", "雨の研究", Name(literal="伊藤"), 2018, publisher="Kyoto"),
    reference(
        "roe2017",
        "chapter",
        "Gutters",
        Name("Roe", "Dee"),
        2017,
        **{"container-title": "The House"},
    ),
)
LIBRARY = library_of({found.key: found for found in REFERENCES})
KEYS = tuple(LIBRARY)


def png(width=40, height=20):
    """Return a grey PNG."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x99" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">'
    b'<rect width="120" height="60" fill="#0b4f6c"/></svg>'
)
FILES = {
    "roof.png": png(),
    "chart.svg": SVG,
    "rain.csv": b"Town,Rain in mm\nBergen,2250\nOslo,763\n",
    "broken.png": b"not an image",
}


def files_of(name):
    """Read a file as a project would."""
    if name in FILES:
        return FILES[name]
    return FileProblem("missing-file", f"there is no file `{name}`", "")
