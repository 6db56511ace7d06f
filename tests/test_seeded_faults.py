"""One wrong line in a stage or a writer, and no output of it is published.

Each fault is put into the program that is running; the same small brief is written in every format
and proved. A fault that the proof lets through could be in every published file.
"""

import re
import sys
from functools import cache

import pytest
from msgspec.structs import replace
from proved import faults
from rich_brief import par
from spec_library import LIBRARY

from pipeline import contents, labels, marks, numbering, placement
from pipeline import model as b
from pipeline.build.proof import Witness
from pipeline.marks import PRESETS
from pipeline.model import Anchor, Enumerator
from pipeline.project import stages
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.verify.pdf import seen
from pipeline.writers import WRITERS, pdf
from pipeline.writers.docx import charts as docx_charts
from pipeline.writers.docx import inlines as docx_inlines
from pipeline.writers.docx import list_numbering
from pipeline.writers.docx.inlines import number_field
from pipeline.writers.html import bibliography as html_bibliography
from pipeline.writers.html import inlines as html_inlines

STYLES, _ = load_styles(None)
FORMATS = ("html", "docx", "pdf")
KEYS = list(LIBRARY)[:6]
A, B, C, D, E, F = KEYS
TEXT = f"""---
title: Rain
---

::: summary
In short [@{A}, p. 4; @{B}].
:::

## First

Rain [@{C}; @{A}; @{B}; @{D}] and a note[^one].

### Below

Again [@{B}, ch. 2; @{B}, ch. 3; @{A}; @{A}], see @fig-a, @tbl-a and @sec-second
([-@sec-second], [-@tbl-a]), and [see @{C}, too].

## Second {{#sec-second}}

![Bars [@{E}]](bar.svg){{#fig-a alt="A bar"}}

| Town | Rain |
|------|-----:|
| Ely  | 3    |

: Towns {{#tbl-a}}

$$
a = b
$$ {{#eq-a}}

By @eq-a[^two].

### Below too

More rain [@{A}].

3. Three
4. Four
   i) Within
   ii) Again

## Conclusion {{.unnumbered}}

End [@{D}], as noted[^one].

[^two]: The second [@{A}].
[^one]: The first [@{B}].
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>'


@cache
def read(text=TEXT):
    brief, found = read_markdown(text, "rain.md", lambda name: SVG)
    assert [one.message for one in found if one.severity.value == "error"] == []
    front = replace(brief.front, lang="en-GB", paper="a4", columns=1, citation_style="ieee")
    return replace(brief, front=front)


def wrongs(format, preset="ieee-ranges", text=TEXT):
    """Return what the proof finds in the brief as the program writes it now."""
    brief = read(text)
    numbered, _ = stages.prepare(brief, LIBRARY, PRESETS[preset])
    witness = Witness(brief, tuple(LIBRARY), dict(LIBRARY.aliases), True)
    return faults(WRITERS[format](numbered, STYLES), format, numbered, witness)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("format", FORMATS)
def test_without_a_fault_nothing_is_found(format, preset):
    assert wrongs(format, preset) == []


ROWS = f"""
| One | Two |
|---|---|
| Rain [@{A}] | [@{B}, p. 1; @{B}, p. 20] |
| [@{C}; @{B}] | Rain |
| see @fig-a | @tbl-a[^n] |
| @tbl-a[^n] | @tbl-a |
| [@{A}, ch. iv] | [@{A}, p. iv] |
| [@{A}, p. 3] | [@{A}] |

: Towns, as in [Section 1](#sec-links) and [Table 9](#tbl-a) {{#tbl-a}}

![Bars, as in [Figure 2](#fig-a), 2020](bar.svg){{#fig-a alt="A bar"}}

[^n]: A note, see [Section 4](#sec-links) and [Table 1](#tbl-a).

## Links {{#sec-links}}

See [Section 2](#sec-links), [Links](#sec-links), [Links in 2020](#sec-links), [Table
7](#tbl-a), [Table 1](#tbl-a), [1](#tbl-a), [note 3](#fn-n) and [1. Links](#sec-links).

## Section {{#sec-section}}

See @sec-section and @sec-links. In [Section](#sec-section) 3 see [Section 2](#sec-section).

## Unnumbered 2020 {{.unnumbered #sec-un}}

[Unnumbered](#sec-un) and [Unnumbered 2020](#sec-un).
"""


@pytest.mark.parametrize("preset", ["separate", "superscript"])
@pytest.mark.parametrize("format", FORMATS)
def test_links_of_the_author_and_marks_in_neighbouring_cells_are_sound(format, preset):
    assert wrongs(format, preset, ROWS) == []
    assert wrongs(format, preset, ROWS + "\n\n### Further" * 6) == []


# The faults --------------------------------------------------------------------------------------


def wrapped(module, name, change):
    """Return a fault: what a function gives is changed by `change(result, *arguments)`."""

    def fault(monkeypatch):
        right = getattr(module, name)

        def wrong(*arguments, **named):
            return change(right(*arguments, **named), *arguments)

        monkeypatch.setattr(module, name, wrong)

    return fault


def modules_with(name):
    return [
        module
        for key, module in list(sys.modules.items())
        if key.startswith("pipeline.writers") and hasattr(module, name)
    ]


def of_numbers(change):
    """Return a fault of counting: `change(numbers)` gives other numbers by anchor."""

    def renumbered(result, *_):
        numbered, found = result
        return replace(numbered, numbers=change(dict(numbered.numbers))), found

    return wrapped(stages, "number", renumbered)


def shifted(kind):
    def change(numbers):
        more = {a: str(int(n) + 1) for a, n in numbers.items() if a.kind == kind and n.isdigit()}
        return numbers | more

    return change


def shared_counter(numbers):
    captioned = [a for a in numbers if a.kind in ("figure", "table")]
    return numbers | {a: str(n) for n, a in enumerate(captioned, 1)}


def swapped(kind):
    def change(numbers):
        mine = [a for a in numbers if a.kind == kind]
        values = [numbers[a] for a in mine]
        return numbers | dict(zip(mine, reversed(values), strict=True))

    return change


def section_never_reset(numbers):
    below = [a for a in numbers if a.kind == "section" and "." in numbers[a]]
    return numbers | {
        a: f"{numbers[a].partition('.')[0]}.{place}" for place, a in enumerate(below, 1)
    }


def other_bibliography(change):
    def changed(result, *_):
        numbered, found = result
        return replace(numbered, bibliography=change(numbered.bibliography)), found

    return wrapped(stages, "number", changed)


def one_more(result, brief, library, _):
    numbered, found = result
    extra = next(library[key] for key in library if library[key] not in numbered.bibliography)
    numbers = numbered.numbers | {extra.anchor: str(len(numbered.bibliography) + 1)}
    return replace(numbered, numbers=numbers, bibliography=(*numbered.bibliography, extra)), found


def numbers_in_marks(change):
    def changed(part):
        return change(part) if isinstance(part, marks.MarkNumber) else part

    def fault(monkeypatch):
        right = marks._cite_parts
        monkeypatch.setattr(
            marks, "_cite_parts", lambda *arguments: [changed(part) for part in right(*arguments)]
        )

    return fault


def neighbours_locator(cites, *_):
    locators = [cite.locator for cite in cites]
    turned = [*locators[1:], *locators[:1]]
    return [replace(c, locator=found) for c, found in zip(cites, turned, strict=True)]


def other_separator(monkeypatch):
    right = marks.mark

    def wrong(citation, numbers, settings, lang):
        return right(citation, numbers, replace(settings, separator="; "), lang)

    for module in modules_with("mark"):
        if module.mark is right:
            monkeypatch.setattr(module, "mark", wrong)


def hides_a_gap(monkeypatch):
    def wrong(cites, numbers, settings):
        return [list(cites)] if len(cites) > 2 else [[cite] for cite in cites]

    monkeypatch.setattr(marks, "_runs", wrong)


def wrong_end(monkeypatch):
    right = marks._run_parts

    def wrong(run, numbers, settings, lang):
        ends = [*run[:-1], run[-2]] if len(run) > 1 else run
        return right(ends, numbers, settings, lang)

    monkeypatch.setattr(marks, "_run_parts", wrong)


def other_places(numbered, *_):
    places = list(numbered.cited_at.values())
    turned = [*places[1:], *places[:1]]
    return replace(numbered, cited_at=dict(zip(numbered.cited_at, turned, strict=True)))


def fewer_places(numbered, *_):
    return replace(numbered, cited_at={a: p[:1] for a, p in numbered.cited_at.items()})


def next_entry(monkeypatch):
    right = numbering.NumberedBrief.entry

    def wrong(self, reference):
        place = self.bibliography.index(reference)
        return right(self, self.bibliography[place - 1])

    monkeypatch.setattr(numbering.NumberedBrief, "entry", wrong)


def letters_of_items(monkeypatch):
    right = Enumerator.label
    monkeypatch.setattr(Enumerator, "label", lambda self, number: right(self, number).upper())
    monkeypatch.setitem(list_numbering._NUMBER_FORMATS, "lower-roman", "upperRoman")


STAGES = {
    "every mark prints 7": numbers_in_marks(lambda part: replace(part, number="7")),
    "numbering starts at 2": of_numbers(shifted("reference")),
    "a range ends at another number": wrong_end,
    "figures and tables share a counter": of_numbers(shared_counter),
    "items of lists are one too high": of_numbers(shifted("item")),
    "items have other letters": letters_of_items,
    "equations go on from one": of_numbers(shifted("equation")),
    "footnotes are counted from the end": of_numbers(swapped("footnote")),
    "figures start at two": of_numbers(shifted("figure")),
    "subsections are not counted anew": of_numbers(section_never_reset),
    "references change numbers": of_numbers(swapped("reference")),
    "entries stand in another order": other_bibliography(lambda found: found[::-1]),
    "the first entry is lost": other_bibliography(lambda found: found[1:]),
    "what nobody cites is listed": wrapped(stages, "number", one_more),
    "an entry says what another says": next_entry,
    "a key is said once though its locators differ": wrapped(
        marks, "_once", lambda cites, *_: list({cite.key: cite for cite in cites}.values())
    ),
    "nothing is left out of a mark": wrapped(marks, "_once", lambda _, cites: list(cites)),
    "marks are sorted from the end": wrapped(marks, "_order", lambda order, *_: -order),
    "locators are lost": numbers_in_marks(lambda part: replace(part, locator="")),
    "a locator is a bare number": numbers_in_marks(
        lambda part: replace(part, locator="".join(c for c in part.locator if c.isdigit()))
    ),
    "a locator stands with its neighbour": wrapped(marks, "cites_in_order", neighbours_locator),
    "another separator": other_separator,
    "brackets are lost": numbers_in_marks(lambda part: replace(part, opening="", closing="")),
    "a range hides a gap": hides_a_gap,
    "marks lead to the next reference": numbers_in_marks(
        lambda part: replace(part, anchor=Anchor("reference", A))
    ),
    "links back lead elsewhere": wrapped(stages, "with_back_references", other_places),
    "most links back are lost": wrapped(stages, "with_back_references", fewer_places),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("fault", STAGES.values(), ids=STAGES)
def test_a_fault_of_a_stage_is_found_in_every_format(fault, format, monkeypatch):
    fault(monkeypatch)

    assert wrongs(format) != []


# The words of the text ---------------------------------------------------------------------------


def changed(node, change):
    """Return a tree with `change(node)` in the place of each node; None for one that is lost."""
    fields = {}
    for name in b.children_of(type(node)):
        fields[name] = value = getattr(node, name)
        if isinstance(value, b.Node):
            fields[name] = changed(value, change)
        elif isinstance(value, tuple):
            fields[name] = tuple(rest for item in value for rest in changed_item(item, change))
    return change(replace(node, **fields) if fields else node)


def changed_item(item, change):
    if isinstance(item, tuple):
        yield tuple(rest for part in item for rest in changed_item(part, change))
    elif not isinstance(item, b.Node):
        yield item
    elif (found := changed(item, change)) is not None:
        yield found


def of_tree(change):
    """Return a fault of a stage that changes a tree before it is numbered."""
    return wrapped(
        stages,
        "typeset",
        lambda brief, *_: replace(
            brief, blocks=tuple(x for block in brief.blocks for x in changed_item(block, change))
        ),
    )


def without(text):
    """Return a change that loses each node that holds a text and nothing else."""
    return lambda node: None if b.plain(getattr(node, "inlines", ())) == text else node


def changing(kind, **changes):
    """Return a change of the fields of each node of a kind: `field=lambda value: …`."""

    def change(node):
        if not isinstance(node, kind):
            return node
        return replace(node, **{f: new(getattr(node, f)) for f, new in changes.items()})

    return change


WORDS = """---
title: Rain
subtitle: In towns
---

It rains often in the north.

- The first
- The second [@smith2021] of all

1. One

> Quoted words

| Town | Rain |
|------|-----:|
| Ely  | 3    |
| Oby  | 7    |

: Towns {#tbl-a}

A note[^n].

[^n]: What it says.

Term
: Meaning

```
code
```
"""


def last_citation(inlines):
    return tuple(sorted(inlines, key=lambda inline: isinstance(inline, b.Citation)))


STRUCK = f"""
~~Rain [@{A}] falls~~ and snow [@{B}, pp. 3--5], see ~~@tbl-a[^n]~~. By ~~@{B} [p. 4]~~.

| A            | B |
|--------------|---|
| ~~x [@{A}]~~ | 3 |

: Towns {{#tbl-a}}

[^n]: A note.
"""


@pytest.mark.parametrize("format", FORMATS)
def test_marks_that_the_author_strikes_through_are_sound(format):
    assert wrongs(format, text=STRUCK) == []


@pytest.mark.parametrize("format", ["html", "docx"])
def test_marks_that_the_program_strikes_through_are_found(format, monkeypatch):
    def struck(inlines):
        return tuple(
            b.Strikethrough((x,), span=x.span) if isinstance(x, b.Citation) else x for x in inlines
        )

    of_tree(changing(b.Paragraph, inlines=struck))(monkeypatch)

    assert any("struck through" in found for found in wrongs(format, text=WORDS))


LOST = {
    "a paragraph": without("It rains often in the north."),
    "an item of a list": without("The first"),
    "the place of a mark": changing(b.Paragraph, inlines=last_citation),
    "half of a sentence": changing(b.Text, text=lambda text: text.replace("often in", "")),
    "the words of a quotation": changing(b.Quote, blocks=lambda _: ()),
    "a row of a table": changing(b.Table, rows=lambda rows: rows[:1]),
    "a cell of a head": changing(
        b.Table, head=lambda head: tuple((row[0], row[0]) for row in head)
    ),
    "the order of cells": changing(b.Table, rows=lambda rows: tuple(row[::-1] for row in rows)),
    "a caption": changing(b.Table, caption=lambda _: par("T").inlines),
    "the text of a footnote": changing(b.Footnote, blocks=lambda _: (par("Other words."),)),
    "a meaning": changing(b.Definition, descriptions=lambda _: ()),
    "a listing": changing(b.CodeBlock, text=lambda _: ""),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("change", LOST.values(), ids=LOST)
def test_words_that_are_lost_are_found_in_every_format(change, format, monkeypatch):
    assert wrongs(format, text=WORDS) == []
    of_tree(change)(monkeypatch)

    assert any("words" in found for found in wrongs(format, text=WORDS))


SIGNED = """
It rains 12.5 mm on 2.5 days, or 1,200 in all, and −3 less.

| Town | Rain  | Note       |
|------|------:|------------|
| Ely  | −3.75 | 0.25 above |
| Oby  | 1.5   |            |
"""


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "number", ["12.5", "2.5", "1,200", "−3", "−3.75", "0.25"], ids=lambda number: f"[{number}]"
)
def test_a_number_without_its_sign_is_found(number, format, monkeypatch):
    assert wrongs(format, text=SIGNED) == []
    bare = number.strip("−") if number.startswith("−") else re.sub("[.,]", "", number)
    whole = re.compile(rf"(?<![\d−]){number}(?![\d.])")
    of_tree(changing(b.Text, text=lambda text: whole.sub(bare, text)))(monkeypatch)

    assert f"the number “{number}” is missing" in wrongs(format, text=SIGNED)


SCRIPTS = f"""---
title: CO~2~
---

Of 10^6^ tons, 5 m^2^ or 5 m² and C~6~H~12~O~6~[^n], 10^−3^ are left[@{A}]. ^14^C, y^5^~7~.

# Of 10^9^

| Rain in m^3^ |
|--------------|
| 2^10^        |

[^n]: In H~2~O, 7 x^4^.
"""
FLAT = {
    b.Superscript: ["0⁶", "m²", "0⁻³", "y⁵", "0⁹", "m³", "2¹⁰", "x⁴"],
    b.Subscript: ["C₆", "H₁₂", "O₆", "H₂"],
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", FLAT, ids=lambda kind: kind.__name__)
def test_digits_that_are_no_longer_raised_or_lowered_are_found(kind, format, monkeypatch):
    assert wrongs(format, "superscript", SCRIPTS) == []
    of_tree(lambda x: b.Strong(x.inlines, span=x.span) if isinstance(x, kind) else x)(monkeypatch)

    found = "\n".join(wrongs(format, "superscript", SCRIPTS))
    assert all(f"“{one}” is not printed with raised or lowered" in found for one in FLAT[kind])


FRAMED = f"""---
title: Rain
---

# First

See [the *wells* and drops that nobody has counted so far](https://example.org/a_b?x=1&y=é), [the
wells](www.example.com) and [here](https://example.org/b/).

## Below

![Bars](bar.svg){{#fig-a alt="A bar"}}

As in [![a sign](bar.svg)](https://example.org/sign) and a note[^n].

## Below too

![Lines](bar.svg){{#fig-b alt="Two lines"}}

# Last {{.unnumbered}}

[^n]: From [there [@{A}]](https://example.net) and [the sea](https://example.org/sea%20side).
"""


def address(new):
    old = "https://example.org/b/"
    return of_tree(changing(b.Link, href=lambda href: new if href == old else href))


def swapped_alt(alt):
    return {"A bar": "Two lines", "Two lines": "A bar"}.get(alt, alt)


def bare_link(node):
    is_one = isinstance(node, b.Link) and b.plain(node.inlines) == "the sea"
    return b.Strong(node.inlines, span=node.span) if is_one else node


def deeper(text):
    """Return a fault of the writers: a heading keeps its number."""

    def lower(node):
        is_one = isinstance(node, b.Heading) and b.plain(node.inlines) == text
        return replace(node, level=node.level + 1) if is_one else node

    def lowered(result, *_):
        numbered, found = result
        blocks = tuple(x for block in numbered.brief.blocks for x in changed_item(block, lower))
        return replace(numbered, brief=replace(numbered.brief, blocks=blocks)), found

    return wrapped(stages, "number", lowered)


OUT_OF_FRAME = {
    "a link leads elsewhere": (address("https://example.org/c"), "lead"),
    "a link is lost": (of_tree(bare_link), "lead"),
    "a picture has another description": (
        of_tree(changing(b.Image, alt=lambda alt: alt.replace("sign", "hat"))),
        "the picture “a sign” is missing",
    ),
    "pictures are exchanged": (
        of_tree(changing(b.Image, alt=swapped_alt)),
        "not where it should be",
    ),
    "a picture is lost": (
        of_tree(lambda x: None if isinstance(x, b.Image) and x.alt == "a sign" else x),
        "the picture “a sign” is missing",
    ),
    "a heading is a level deeper": (deeper("Below too"), "is of level 3 instead of 2"),
    "a heading without a number is deeper": (deeper("Last"), "is of level 2 instead of 1"),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("fault", "message"), OUT_OF_FRAME.values(), ids=OUT_OF_FRAME)
def test_what_is_no_text_is_proved(fault, message, format, monkeypatch):
    assert wrongs(format, text=FRAMED) == []
    fault(monkeypatch)

    assert any(message in found for found in wrongs(format, text=FRAMED))


def test_a_chart_that_loses_its_description_in_word_is_found(monkeypatch):
    options = "type: bar\ncaption: Bars\nalt: Rain doubled\n\nYear,Rain\n2020,1\n2021,2\n"
    text = f"```{{.chart #fig-rain}}\n{options}```\n"
    assert wrongs("docx", text=text) == []
    monkeypatch.setattr(docx_charts, "alternative", lambda *_: "")

    assert "the picture “Rain doubled” is missing" in wrongs("docx", text=text)


@pytest.mark.parametrize("format", FORMATS)
def test_paragraphs_in_another_order_are_found(format, monkeypatch):
    of_tree(changing(b.List, items=lambda items: items[::-1]))(monkeypatch)

    assert any("not where they should" in found for found in wrongs(format, text=WORDS))


ORDERED = """---
title: Rain
---

## One

Text that comes first[^a].

![Bars that fall](bar.svg){#fig-a alt="A bar"}

Text that comes second[^b].

| Town | Rain |
|------|-----:|
| Ely  | 3    |

: Towns in the rain {#tbl-a}

## Two

Text that comes third.

## Three

Text that comes last.

[^a]: What was measured.
[^b]: Where it was.
"""


def in_order(*places):
    """Return a fault that puts the blocks of a brief in another order."""
    return wrapped(
        stages,
        "typeset",
        lambda brief, *_: replace(brief, blocks=tuple(brief.blocks[place] for place in places)),
    )


NOTES = {"What was measured.": "Where it was.", "Where it was.": "What was measured."}
MOVED = {
    "a table behind the next heading": in_order(0, 1, 2, 3, 5, 4, 6, 7, 8),
    "a figure behind the next text": in_order(0, 1, 3, 2, 4, 5, 6, 7, 8),
    "a table before a figure": in_order(0, 1, 3, 4, 2, 5, 6, 7, 8),
    "footnotes with each other": of_tree(changing(b.Text, text=lambda text: NOTES.get(text, text))),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("fault", MOVED.values(), ids=MOVED)
def test_words_that_changed_places_are_found(fault, format, monkeypatch):
    assert wrongs(format, text=ORDERED) == []
    fault(monkeypatch)

    assert any("not where they should" in found for found in wrongs(format, text=ORDERED))


RAISED = f"Rain [@{A}; @{B}][^n].\n\n[^n]: A note.\n"


def raised_without_commas(monkeypatch):
    monkeypatch.setattr(placement, "_apart", lambda inlines, marks: iter(inlines))


@pytest.mark.parametrize("format", FORMATS)
def test_raised_numbers_that_run_together_are_found(format, monkeypatch):
    assert wrongs(format, "superscript", RAISED) == []
    raised_without_commas(monkeypatch)
    assert any("read as one number" in found for found in wrongs(format, "superscript", RAISED))


MANY_NOTES = " ".join(f"Rain [@{A}][^n{i}]." for i in range(28)) + "".join(
    f"\n\n[^n{i}]: A note." for i in range(28)
)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("preset", ["superscript", "separate"])
def test_footnotes_that_look_like_raised_marks_are_found(format, preset, monkeypatch):
    assert wrongs(format, preset, MANY_NOTES) == []
    turned = {"lower-alpha": "decimal", "decimal": "lower-alpha"}
    own = PRESETS[preset].footnotes
    monkeypatch.setattr(marks.Marks, "footnotes", property(lambda _: turned[own]))
    assert wrongs(format, preset, MANY_NOTES) != []


# Sentences that differ: lines that most pages have are taken for running heads.
RAIN = "".join(
    f"It rained on {chr(97 + i % 26)}{chr(97 + i // 26)}{chr(97 + i % 7)}. " for i in range(560)
)
LONG = TEXT.replace("End [", f"{RAIN}End [") + "\n\n## Third\n\n## Fourth\n\n## Fifth\n"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "change",
    [
        lambda entries: [entry for entry in entries if entry.label != "2."],
        lambda entries, *_: [
            replace(e, label="9." if e.label == "2." else e.label) for e in entries
        ],
        lambda entries: entries[::-1],
    ],
    ids=["an entry is lost", "another number", "another order"],
)
def test_wrong_contents_are_found(change, format, monkeypatch):
    assert wrongs(format, text=LONG) == []
    right = contents.contents_entries
    for module in (contents, *modules_with("contents_entries")):
        monkeypatch.setattr(module, "contents_entries", lambda *a: change(list(right(*a))))

    assert wrongs(format, text=LONG) != []


WRITER_FAULTS = {
    "labels of the list count from two": (
        "html",
        wrapped(html_bibliography, "_label", lambda label, *_: label.replace("1", "2")),
    ),
    "marks lead to the first entry": (
        "html",
        wrapped(
            html_inlines,
            "_identity",
            lambda found, *_: found | {"href": f"#ref-{A}"} if "mark" in found["class"] else found,
        ),
    ),
    "tips of marks count from two": (
        "html",
        wrapped(html_inlines, "reference_words", lambda words, *_: words.replace("1", "2", 1)),
    ),
    "screen readers count notes from two": (
        "html",
        wrapped(
            html_inlines,
            "_footnote_call",
            lambda call, *_: call.replace('"Footnote 1"', '"Footnote 2"'),
        ),
    ),
    "marks repeat the first entry": (
        "docx",
        wrapped(docx_inlines, "number_field", lambda *_: number_field(f"ref_{A}")),
    ),
}


@pytest.mark.parametrize(("format", "fault"), WRITER_FAULTS.values(), ids=WRITER_FAULTS)
def test_a_fault_of_a_writer_is_found(format, fault, monkeypatch):
    fault(monkeypatch)

    assert wrongs(format) != []


def test_the_brief_has_all_that_is_counted():
    numbered, _ = stages.prepare(read(), LIBRARY, PRESETS["ieee"])
    kinds = {anchor.kind for anchor in numbered.numbers}

    assert {"reference", "section", "figure", "table", "equation", "footnote"} <= kinds


def test_wrong_pages_in_the_contents_are_found(monkeypatch):
    right = pdf.pages_of
    monkeypatch.setattr(pdf, "_LAYOUTS", 1)
    monkeypatch.setattr(pdf, "pages_of", lambda document: dict.fromkeys(right(document), "9"))

    assert any("“2. Second” says page 9" in found for found in wrongs("pdf", text=LONG))


TABLE_ALONE = """---
title: Rain
---

See @tbl-a.

| Town | Rain |
|------|-----:|
| Ely  | 3    |

: Towns {#tbl-a}
"""


@pytest.mark.parametrize("format", FORMATS)
def test_tables_that_are_called_figures_are_found_where_there_are_no_figures(format, monkeypatch):
    assert wrongs(format, text=TABLE_ALONE) == []
    real = labels.numbered_within
    monkeypatch.setattr(
        labels, "numbered_within", lambda name, lang: real(name.replace("table", "figure"), lang)
    )
    assert wrongs(format, text=TABLE_ALONE)


SHORT_COLUMNS = """---
title: Rain
---

# First

x

# Next

| a | b |
|---|---|
| 1 | 2 |

: Towns {#tbl-a}
"""


def test_columns_of_one_line_each_are_sound():
    brief = read(SHORT_COLUMNS)
    brief = replace(brief, front=replace(brief.front, columns=2))
    numbered, _ = stages.prepare(brief, LIBRARY, PRESETS["superscript"])
    witness = Witness(brief, tuple(LIBRARY), dict(LIBRARY.aliases), True)

    assert faults(WRITERS["pdf"](numbered, STYLES), "pdf", numbered, witness) == []


def test_a_stroke_that_fills_its_box_is_seen(monkeypatch):
    notes = "".join(f" Rain[^n{i}]." for i in range(12))
    texts = "".join(f"\n\n[^n{i}]: A note." for i in range(12))
    monkeypatch.setattr(seen, "_greys", lambda *_: [])  # where a first look is not sure

    assert wrongs("pdf", "superscript", f"{notes.strip()}{texts}\n") == []
