"""Whether a file says the words of its brief, where they should be: see `words`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, product

from .addresses import wrong_addresses
from .expected import Expected
from .forms import letters, spelled
from .levels import wrong_levels
from .messages import quote
from .pictures import wrong_pictures
from .readback import Readback
from .signs import lost_signs
from .words import Note, Said, Story

_LONG = 12  # letters of a text that is hardly found by chance
_PAGE = 200  # letters that a page has at least, if a text goes on over the whole of it

_Texts = list[tuple[str, str]]  # as they are compared, and as they are shown


def lost_words(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each text that a file has less often than the brief, or in another place, each number
    that has lost a sign, and what pictures, links and headings have lost."""
    yield from _lost_texts(expected, found)
    yield from lost_signs(expected, found)
    is_drawn = found.pages is not None
    yield from wrong_pictures(expected.pictures, found.pictures)
    yield from wrong_levels(expected.headings, found.levels, by_words=is_drawn)
    if not found.shuffled:
        yield from wrong_addresses(expected.leading, found.leading, is_drawn)


def _lost_texts(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each text that a file has less often than the brief, or in another place.

    In a PDF a page may end inside a text, and words from right to left are turned round.
    """
    if found.shuffled:
        return
    is_drawn = found.pages is not None
    form = spelled if is_drawn else letters
    pages = [form(page) for page in found.words]
    whole = "".join(pages)

    def shown(story: Story) -> _Texts:
        return [
            (form(said.text) + said.number, f"{said.text} {said.number}")
            for said in story
            if not (is_drawn and said.turned)
        ]

    texts = list(map(shown, expected.stories))
    if not is_drawn and not any(_out_of_place(story, whole) for story in texts):
        return  # counting takes longer
    lacking = list(_lacking([*chain.from_iterable(texts)], whole, pages))
    yield from (f"the words {quote(text.strip())} are missing" for text in lacking)
    if lacking:
        return
    if is_drawn:
        everything = "\n".join(said for story in texts for said, _ in story)
        yield from _astray(expected.notes, pages[: found.pages])
        yield from _drawn_elsewhere(expected, found, shown, everything, pages)
    else:
        yield from filter(None, (_out_of_place(story, whole) for story in texts))


def _drawn_elsewhere(
    expected: Expected,
    found: Readback,
    shown: Callable[[Story], _Texts],
    everything: str,
    pages: Sequence[str],
) -> Iterator[str]:
    """Yield the texts of a PDF that are in another place. Footnotes and margins, which `pages` have
    last, are in an order of their own."""
    above, below = "".join(pages[: found.pages]), "".join(pages[found.pages :])
    is_one = cache(lambda said: everything.count(said) == 1)

    def is_there_once(said: str, part: str) -> bool:
        return part.count(said) == above.count(said) + below.count(said) == 1

    def sure(texts: _Texts, part: str) -> _Texts:
        # A text that is there once is surely that one, unless another one that holds it is there,
        # and it is cut itself. Short ones can be there by chance: "p. 25" above note 26 has "526".
        return [pair for pair in texts if is_one(pair[0]) and is_there_once(pair[0], part)]

    for story in map(shown, expected.drawn_stories):
        texts = ((sure(story, part), part) for part in (above, below))
        yield from filter(None, (_out_of_place(*one) for one in texts))
    if found.columns == 1:
        floats = (map(shown, (one.story, one.after)) for one in expected.floats)
        known = ((sure(own, above)[:1], sure(after, above)) for own, after in floats)
        yield from _delayed(known, pages[: found.pages])


def _delayed(floats: Iterable[tuple[_Texts, _Texts]], pages: Sequence[str]) -> Iterator[str]:
    """Yield the first words of each figure or table that stands behind text that follows it, but
    on the page where that begins: it would have fitted in its place."""
    whole, ends = "".join(pages), list(accumulate(map(len, pages)))
    for story, after in floats:
        for (said, text), (following, _) in product(story, after):
            place, other = whole.find(said), whole.find(following)
            if other < place and bisect_right(ends, other) == bisect_right(ends, place):
                yield f"the words {quote(text.strip())} are not where they should be"


def _astray(notes: Sequence[Note], pages: Sequence[str]) -> Iterator[str]:
    """Yield the first words of each note on another page than the text around it. One that no
    longer fits on its page stands on the next one."""

    def page_of(said: Said) -> int | None:
        text = spelled(said.text)
        places = [number for number, page in enumerate(pages) if text and text in page]
        return places[0] if len(places) == 1 and not said.turned else None

    for note in notes:
        first, last = (next(map(page_of, side), None) for side in (note.before, note.after))
        for said in note.story[:1]:
            page = page_of(said)
            if page is None:
                continue
            if (first is not None and page < first) or (last is not None and page > last + 1):
                yield f"the words {quote(said.text.strip())} are not beside their text"


def _lacking(texts: Sequence[tuple[str, str]], whole: str, pages: Sequence[str]) -> Iterator[str]:
    everything = "\n".join(said for said, _ in texts)
    for said, text in dict(texts).items():
        lacks = everything.count(said) - whole.count(said) if said else 0
        starts = range(len(pages)) if lacks > 0 else ()
        if lacks > sum(_is_cut(said, pages[start:]) for start in starts):
            yield text


def _is_cut(said: str, pages: Sequence[str]) -> bool:
    """Say whether a text may begin on the first of some pages and go on over the next ones, after
    what else stands at the end of one, such as a footnote, or at the top, the head of a table."""
    rest = said
    for place, page in enumerate(pages):
        most = range(1, len(rest) + bool(place))  # all of it on one page is no cut
        known = bisect_right(most, False, key=lambda n: rest[:n] not in page)
        if place and known == len(rest):
            return len(said) >= _LONG or page.startswith(rest)
        if not known or (place and known < _PAGE):
            return False
        rest = rest[known:]
    return False


def _out_of_place(story: Sequence[tuple[str, str]], whole: str) -> str | None:
    place = 0
    for said, text in story:
        found = whole.find(said, place)
        if found < 0:
            return f"the words {quote(text.strip())} are not where they should be"
        place = found + len(said)
    return None
