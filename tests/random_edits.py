"""Random edits of a Word file, as reviewers make them.

`edited` is the reference: what a reader sees in a returned file, read without the product.
"""

import re
from copy import deepcopy

from lxml import etree
from word_edits import (
    Draft,
    R,
    W,
    fields,
    isolated,
    join,
    put,
    run_of,
    said,
    split,
    style,
    texts,
)

WORDS = [
    *("often", "costs", "*stars*", "a < b", "in 2031", "[4]", "“quoted”", "don't", "x_y", "5 $"),
    *(
        "#tag",
        "and/or",
        "…",
        "50 %",
        "naïve",
        "<b>",
        "--",
        "C:\\dir",
        "@home",
        "`code`",
        "1.",
        "£9",
    ),
]
MADE = ("TOC", "Bibliography", "Contents", "Imprint", "Masthead")


def text_paragraphs(draft):
    """Return the paragraphs whose words the author wrote."""
    return [
        p for p in draft.paragraphs()
        if len(said(p).split()) > 3 and not style(p).startswith(MADE) and "Title" not in style(p)
        and "Author" not in style(p) and style(p) != "Date"
        and not any(c.tag == f"{W}sdt" for c in p.iterancestors())
    ]  # fmt: skip


def of_words(paragraph):
    """Return the places of words that no field prints: (start, end)."""
    inside = set()
    for runs in fields(paragraph):
        inside |= {t for run in runs for t in run.iter(f"{W}t")}
    for link in paragraph.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor"):
            inside |= set(link.iter(f"{W}t"))
    for element in marks(paragraph):
        inside |= {t for run in element for t in run.iter(f"{W}t")}
    found, place = [], 0
    label = 0
    if style(paragraph) == "Caption":
        label = said(paragraph).index(". ") + 2
    for element in texts(paragraph):
        text = element.text or ""
        if element not in inside:
            found += [
                (place + m.start(), place + m.end())
                for m in re.finditer(r"[^\W\d_]{3,}", text)
                if place + m.start() >= label and m[0] not in ("Section", "Figure", "Table")
            ]
        place += len(text)
    return found


def marks(paragraph):
    """Return the runs and links of each citation."""
    found, now = [], None
    for element in paragraph:
        name = element.get(f"{W}name", "")
        if element.tag == f"{W}bookmarkStart" and name.startswith("_Bc"):
            now, identity = [], element.get(f"{W}id")
        elif element.tag == f"{W}bookmarkEnd" and now is not None:
            if element.get(f"{W}id") == identity:
                found.append(now)
                now = None
        elif now is not None:
            now.append(element)
    return found


def any_word(random, draft):
    paragraphs = [p for p in text_paragraphs(draft) if of_words(p)]
    paragraph = random.choice(paragraphs)
    return paragraph, *random.choice(of_words(paragraph))


def any_mark(random, draft):
    held = [(p, mark) for p in text_paragraphs(draft) for mark in marks(p)]
    return random.choice(held)


def replace_word(random, draft):
    paragraph, start, end = any_word(random, draft)
    put(paragraph, start, end, random.choice(WORDS))


def add_word(random, draft):
    paragraph, _, end = any_word(random, draft)
    put(paragraph, end, end, f" {random.choice(WORDS)}")


def delete_word(random, draft):
    paragraph, start, end = any_word(random, draft)
    text = said(paragraph)
    put(paragraph, start - (text[start - 1 : start] == " "), end, "")


def delete_stretch(random, draft):
    paragraph, start, _ = any_word(random, draft)
    places = [place for place in of_words(paragraph) if place[0] > start]
    if places:
        put(paragraph, start, random.choice(places[:8])[0], "")


def track(random, draft):
    paragraph, start, end = any_word(random, draft)
    new = random.choice(["", random.choice(WORDS)])
    draft.put(paragraph, start, end, new, track=True)


def look(tags):
    def change(random, draft):
        paragraph, start, _ = any_word(random, draft)
        ends = [end for at, end in of_words(paragraph) if start <= at][: random.randint(1, 4)]
        for run in isolated(paragraph, start, ends[-1]):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            for tag in tags:
                etree.SubElement(properties, f"{W}{tag}")

    return change


def plain(random, draft):
    runs = [
        run for p in text_paragraphs(draft) for run in p.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}b") is not None and run.find(f"{W}t") is not None
        and style(p) != "Caption"
    ]  # fmt: skip
    if runs:
        run = random.choice(runs)
        run.remove(run.find(f"{W}rPr"))


def delete_mark(random, draft):
    _, mark = any_mark(random, draft)
    before = mark[0].getprevious().getprevious()
    for element in mark:
        element.getparent().remove(element)
    for text in before.iter(f"{W}t") if before is not None else ():
        text.text = (text.text or "").rstrip("\u00a0 ")


def copy_mark(random, draft):
    _, mark = any_mark(random, draft)
    paragraph, _, end = any_word(random, draft)
    runs = isolated(paragraph, end - 1, end)
    target = runs[-1]
    if target.getparent() is not paragraph:
        return
    for element in reversed(mark):
        target.addnext(deepcopy(element))
    target.addnext(run_of(" "))


def move_mark(random, draft):
    source, mark = any_mark(random, draft)
    start, end = mark[0].getprevious(), mark[-1].getnext()
    paragraph, _, place = any_word(random, draft)
    target = isolated(paragraph, place - 1, place)[-1]
    if target.getparent() is not paragraph or source is paragraph:
        return
    before = start.getprevious()
    for text in before.iter(f"{W}t") if before is not None else ():
        text.text = (text.text or "").rstrip("\u00a0 ")
    for element in (end, *reversed(mark), start):
        target.addnext(element)
    target.addnext(run_of(" "))


def change_locator(random, draft):
    _, mark = any_mark(random, draft)
    said_by = [t for element in mark for t in element.iter(f"{W}t")]
    if not said_by:
        return
    last = said_by[-1]
    if last.text == "]":
        last.text = f", p. {random.randint(2, 400)}]"
    elif last.text:
        last.text = re.sub(r"\d+", str(random.randint(2, 400)), last.text)


def type_citation(random, draft):
    names = [m.get(f"{W}name") for p in draft.paragraphs() for m in p.iter(f"{W}bookmarkStart")]
    keys = [n.removeprefix("ref_") for n in names if n.startswith("ref_") and "_" not in n[4:]]
    paragraph, _, end = any_word(random, draft)
    locator = random.choice(["", ", p. 160", ", pp. 3–5", ", ch. 2"])
    put(paragraph, end, end, f" [@{random.choice(keys)}{locator}]")


def add_paragraph(random, draft):
    body = [p for p in text_paragraphs(draft) if style(p) in ("BodyText", "ListBullet", "Heading1")]
    paragraph = random.choice(body)
    new = etree.Element(f"{W}p")
    if random.random() < 0.7:
        new.append(deepcopy(paragraph.find(f"{W}pPr")))
    new.append(run_of(" ".join(["New", *random.choices(WORDS, k=4)])))
    paragraph.addnext(new)


def split_paragraph(random, draft):
    paragraphs = [p for p in text_paragraphs(draft) if style(p) in ("BodyText", "ListBullet")]
    paragraph = random.choice([p for p in paragraphs if len(of_words(p)) > 4])
    split(paragraph, random.choice(of_words(paragraph)[2:])[0])


def join_paragraphs(random, draft):
    found = [
        p for p in text_paragraphs(draft)
        if style(p) == "BodyText" and p.getprevious() is not None
        and style(p.getprevious()) == "BodyText" and p.getprevious().tag == p.tag
    ]  # fmt: skip
    if found:
        join(random.choice(found))


def delete_paragraph(random, draft):
    kinds = ("BodyText", "ListBullet", "ListNumber", "Quote")
    found = [
        p for p in text_paragraphs(draft)
        if style(p) in kinds and p.find(f".//{W}footnoteReference") is None
    ]  # fmt: skip
    paragraph = random.choice(found)
    paragraph.getparent().remove(paragraph)


def move_paragraph(random, draft):
    found = [p for p in text_paragraphs(draft) if style(p) == "BodyText"]
    if len(found) > 2:
        one, other = random.sample(found, 2)
        one.getparent().remove(one)
        other.addnext(one)


def comment(random, draft):
    paragraph, start, end = any_word(random, draft)
    if paragraph.getroottree().getroot() is draft.body:
        draft.comment(said(paragraph)[start:end], "Why?")


def unlink(random, draft):
    links = [h for p in text_paragraphs(draft) for h in p.iter(f"{W}hyperlink") if h.get(f"{R}id")]
    if links:
        link = random.choice(links)
        for run in reversed(list(link)):
            link.addnext(run)
        link.getparent().remove(link)


IN_SCOPE = [
    replace_word, replace_word, add_word, add_word, delete_word, delete_stretch, track, track,
    look(["b"]), look(["i"]), plain, delete_mark, copy_mark, move_mark, change_locator,
    type_citation, add_paragraph, split_paragraph, join_paragraphs, delete_paragraph,
    move_paragraph, comment, unlink,
]  # fmt: skip


def change_made(random, draft):
    """Change what the build makes: the contents, the list of references, a number, a label."""
    found = [p for p in draft.paragraphs() if style(p).startswith(("TOC1", "TOC2", "Bibliography"))]
    if found and random.random() < 0.5:
        paragraph = random.choice(found)
        words = [m.span() for m in re.finditer(r"[^\W\d_]{4,}", said(paragraph))]
        put(paragraph, *random.choice(words), "falsified")
        return
    _, mark = any_mark(random, draft)
    numbers = [t for e in mark for t in e.iter(f"{W}t") if (t.text or "").isdigit()]
    random.choice(numbers).text = "77"


def edited(random, content, count, changes=IN_SCOPE):
    """Return a Word file with some edits, and their names."""
    draft = Draft(content)
    names = []
    for _ in range(count):
        change = random.choice(changes)
        try:
            change(random, draft)
        except IndexError:  # nothing to change in this way
            continue
        names.append(change.__name__)
    return draft.saved(), names


# What a reader sees ------------------------------------------------------------------------------


def seen(content):
    """Return what each paragraph says, its numbers as `#`, and which of its words are bold."""
    draft = Draft(content)
    found = []
    for paragraph in draft.paragraphs():
        if style(paragraph).startswith(MADE) or any(
            c.tag == f"{W}sdt" for c in paragraph.iterancestors()
        ):
            continue
        numbers = {t for runs in fields(paragraph) for run in runs for t in run.iter(f"{W}t")}
        parts = []
        for element in texts(paragraph):
            bold = element.getparent().find(f"{W}rPr/{W}b") is not None
            text = "#" if element in numbers else element.text or ""
            parts += [(character, bold) for character in text if not character.isspace()]
        if parts:
            found.append((style(paragraph) or "BodyText", _without_marks(parts)))
    return sorted(found, key=str)


def _without_marks(parts):
    """Return characters with one sign for each group of marks: their order follows the numbers."""
    text = "".join(character for character, _ in parts)
    found, place = [], 0
    for mark in re.finditer(
        r"(?:[\[(][^\[\]()]*[#@][^\[\]()]*[\])][,–]?)+|(?:Figure|Table|Section)#|#", text
    ):
        found += [*parts[place : mark.start()], ("¤", False)]
        place = mark.end()
    return [*found, *parts[place:]]
