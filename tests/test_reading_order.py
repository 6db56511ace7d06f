"""A walk through the tags of a PDF gives the words of the source in order, in every script."""

import re
import unicodedata
from io import BytesIO

import pdf_judge
import pikepdf
import pytest
from language_samples import WORDS
from test_properties import STYLES, numbered_brief

from pipeline.writers.pdf import write_pdf

LANGUAGES = ("ar", "fa", "he", "hi", "ja")


def paragraphs(lang):
    """Return paragraphs of several lines: words of a language, Latin ones, numbers and signs."""
    first, second, third, *rest = WORDS[lang].split("|")
    return [
        f"{first} (London, UK) {second} 2026. {third}: {' '.join(rest)}.",
        f"{' '.join(rest[::-1])} 12.5 % {first}; {second} «{third}» [EU] 3–4, {first}! " * 2,
        f"{third} A-B/C {' '.join(rest[3:])} (1990–2020) {second}? {first} 1,250 x = 2.",
    ]


def source(lang, own):
    first, second, third = paragraphs(own)
    words = WORDS[own].split("|")
    return f"""---
title: {words[0]}
lang: {lang}
---

## {words[2]}

{first}

{second.strip()}

- {words[6]} (A)
- {words[7]} 2

| {words[9]} | {words[10]} |
|---|---|
| {words[11]} | London 12 |

### {words[8]}

{third}
"""


def bare(text):
    """Return text without spaces and direction marks, and with one form of each character."""
    text = unicodedata.normalize("NFC", text)
    return re.sub("[\\s\u200b\u200e\u200f\u2066-\u2069\u00ad\u2060]", "", text)


def in_order(content, wanted):
    """Return the first text that does not follow the one before in the tags, "" if all do."""
    tagged = pdf_judge.Tagged(content)
    read, place = bare(tagged.read()), 0
    for text in map(bare, wanted):
        found = read.find(text, place)
        if found < 0:
            return text
        place = found + len(text)
    return ""


@pytest.mark.parametrize(
    ("lang", "own"),
    [*((lang, lang) for lang in LANGUAGES), ("en", "ar"), ("ar", "en")],
    ids=[*LANGUAGES, "arabic-in-english", "english-in-arabic"],
)
def test_the_words_of_the_source_are_read_in_its_order(lang, own):
    numbered = numbered_brief(source(lang, own))
    words = WORDS[own].split("|")
    first, second, third = (quoted(text, numbered) for text in paragraphs(own))
    wanted = [
        *(words[2], first, second.strip(), f"{words[6]} (A)", f"{words[7]} 2"),
        *(words[9], words[10], words[11], "London 12", words[8], third),
    ]

    assert in_order(write_pdf(numbered, STYLES), wanted) == ""


def quoted(text, numbered):
    """Return text as the brief prints it: with the spaces and signs of its language."""
    from pipeline.language.typography import typeset
    from pipeline.model import Paragraph, plain, walk

    lines = [plain(n.inlines) for n in walk(typeset(numbered.brief)) if isinstance(n, Paragraph)]
    return next(line for line in lines if bare(line)[:20] == bare(text)[:20])


def test_without_the_order_of_reading_arabic_is_read_backwards():
    content, output = write_pdf(numbered_brief(source("ar", "ar")), STYLES), BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary) and "/ActualText" in found:
                del found.ActualText
        pdf.save(output)
    words = WORDS["ar"].split("|")

    assert in_order(content, [words[2]]) == ""
    assert in_order(output.getvalue(), [words[2]]) == bare(words[2])
