"""How hard a brief is to read, by a formula that was tried in its language.

LIX counts words in a sentence and words of more than six letters, no syllables (C.-H. Björnsson,
Läsbarhet, 1968). Its author compared it in eleven languages (Reading Research Quarterly 18, 1983);
for others no figure is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Span
from ..model import Brief, Paragraph, plain, walk
from ..styles import House

LANGUAGES = frozenset(("da", "de", "en", "es", "fi", "fr", "it", "nb", "no", "pt", "ru", "sv"))
_LEVELS = ((30, "very easy"), (40, "easy"), (50, "medium"), (60, "difficult"))
_LONG_WORD = 6  # letters; a longer one counts
_LONG_SENTENCE = 40  # words
_LEAST = 100  # words, for fewer of which a figure says nothing
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"”»)]*\s+(?=[\"“„«(]*[A-ZÀ-ÞЀ-Я0-9])")


def reading_level(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """Yield the level of a brief, and each sentence that is very long."""
    tag = brief.front.lang or house.lang
    lang = tag.partition("-")[0]
    place = Span.of_file(brief.span.path)
    if lang not in LANGUAGES:
        message = f"no formula for reading levels is known to hold for `{tag}`"
        yield Diagnostic("reading-level", message, place)
        return
    sentences = [(p, s) for p in walk(brief) if isinstance(p, Paragraph) for s in _sentences(p)]
    words = [word for _, sentence in sentences for word in _WORD.findall(sentence)]
    if len(words) < _LEAST:
        message = f"the brief has fewer than {_LEAST} words: too few for a reading level"
        yield Diagnostic("reading-level", message, place)
        return
    average = len(words) / len(sentences)
    share = 100 * sum(len(word) > _LONG_WORD for word in words) / len(words)
    level = next((name for most, name in _LEVELS if average + share < most), "very difficult")
    message = (
        f"LIX {average + share:.0f}, {level}: {average:.0f} words to a sentence, and {share:.0f} % "
        f"have more than {_LONG_WORD} letters"
    )
    yield Diagnostic("reading-level", message, place)
    for paragraph, sentence in sentences:
        count = len(_WORD.findall(sentence))
        if count > _LONG_SENTENCE:
            message = f"a sentence of {count} words: “{' '.join(sentence.split()[:6])} …”"
            yield Diagnostic("long-sentence", message, paragraph.span, "make two of it")


def _sentences(paragraph: Paragraph) -> list[str]:
    return [s for s in _SENTENCE.split(plain(paragraph.inlines)) if _WORD.search(s)]
