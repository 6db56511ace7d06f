"""Edits of Word files as reviewers make them, for tests of the way back."""

import io
import zipfile
from copy import deepcopy

from lxml import etree

from pipeline.ooxml import NAMESPACES

W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SIGNED = {f"{W}author": "Ann Lee", f"{W}date": "2026-05-05T10:00:00Z"}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Draft:
    """A Word file that is being edited."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        names = ("word/document.xml", "word/footnotes.xml")
        self.roots = {n: etree.fromstring(self.parts[n]) for n in names if n in self.parts}
        self.changes = 0
        self.comments = []
        self.replies = []  # (number of a comment, text, author, whether it is resolved)

    @property
    def body(self):
        return self.roots["word/document.xml"]

    def saved(self):
        out = io.BytesIO()
        parts = self.parts | {n: etree.tostring(r) for n, r in self.roots.items()}
        if self.comments:
            self._add_comments(parts)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def paragraphs(self):
        return [p for root in self.roots.values() for p in root.iter(f"{W}p")]

    def paragraph(self, words, skip=()):
        """Return the first paragraph that says something, and the offset of the words in it."""
        for paragraph in self.paragraphs():
            text = said(paragraph)
            if words in text and style(paragraph) not in skip:
                return paragraph, text.index(words)
        raise ValueError(f"nothing says {words!r}")

    # Edits -----------------------------------------------------------------------------------

    def replace(self, words, new, track=False):
        paragraph, start = self.paragraph(words)
        # Only what differs: as a person does who types.
        common = next(
            (n for n, (a, b) in enumerate(zip(words, new, strict=False)) if a != b),
            min(len(words), len(new)),
        )
        self.put(paragraph, start + common, start + len(words), new[common:], track)

    def put(self, paragraph, start, end, new, track=False):
        if not track:
            put(paragraph, start, end, new)
            return
        runs = isolated(paragraph, start, end)
        at, place = _place(paragraph, end, runs)
        if new:
            inserted = etree.Element(f"{W}ins", self._signed())
            inserted.append(deepcopy(runs[-1]) if runs else etree.Element(f"{W}r"))
            text = inserted.find(f".//{W}t")
            if text is None:
                text = etree.SubElement(inserted[0], f"{W}t")
            text.text = new
            text.set(SPACE, "preserve")
            at.insert(place, inserted)
        gone = set(runs)
        for held in fields(paragraph):
            shown = [run for run in held if run.find(f"{W}t") is not None]
            if shown and gone.issuperset(shown):
                runs += [run for run in held if run not in gone]
        for run in runs:
            deleted = etree.Element(f"{W}del", self._signed())
            parent = run.getparent()
            parent.replace(run, deleted)
            deleted.append(run)
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
            for text in run.iter(f"{W}instrText"):
                text.tag = f"{W}delInstrText"

    def after(self, words, new):
        paragraph, start = self.paragraph(words)
        put(paragraph, start + len(words), start + len(words), new)

    def delete_after(self, words, count):
        paragraph, start = self.paragraph(words)
        put(paragraph, start + len(words), start + len(words) + count, "")

    def new_paragraph(self, words, text, styled=True, style_id=""):
        paragraph, _ = self.paragraph(words)
        new = etree.Element(f"{W}p")
        properties = paragraph.find(f"{W}pPr")
        if style_id:
            etree.SubElement(etree.SubElement(new, f"{W}pPr"), f"{W}pStyle", {f"{W}val": style_id})
        elif styled and properties is not None:
            new.append(deepcopy(properties))
        new.append(run_of(text))
        paragraph.addnext(new)
        return new

    def split(self, words):
        """Begin a new paragraph before words, as the Enter key does."""
        paragraph, start = self.paragraph(words)
        split(paragraph, start)

    def join(self, words):
        """Join the paragraph with the one before it."""
        paragraph, _ = self.paragraph(words)
        join(paragraph)

    def delete_paragraph(self, words):
        paragraph, _ = self.paragraph(words)
        paragraph.getparent().remove(paragraph)

    def move(self, words, behind):
        paragraph, _ = self.paragraph(words)
        target, _ = self.paragraph(behind)
        paragraph.getparent().remove(paragraph)
        target.addnext(paragraph)

    def format(self, words, *tags):
        paragraph, start = self.paragraph(words)
        for run in isolated(paragraph, start, start + len(words)):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            for tag in tags:
                etree.SubElement(properties, f"{W}{tag}")

    def plain(self, words):
        """Take bold and italic away."""
        paragraph, start = self.paragraph(words)
        for run in isolated(paragraph, start, start + len(words)):
            for properties in run.iter(f"{W}rPr"):
                for tag in ("rStyle", "b", "bCs", "i", "iCs"):
                    for found in properties.findall(f"{W}{tag}"):
                        properties.remove(found)

    def style(self, words, style_id):
        paragraph, _ = self.paragraph(words)
        paragraph.find(f"{W}pPr/{W}pStyle").set(f"{W}val", style_id)

    def link(self, words, address):
        paragraph, start = self.paragraph(words)
        runs = isolated(paragraph, start, start + len(words))
        link = etree.Element(f"{W}hyperlink", {f"{R}id": "rIdNew"})
        runs[0].addprevious(link)
        link.extend(runs)
        name = "word/_rels/document.xml.rels"
        relations = etree.fromstring(self.parts[name])
        values = {"Id": "rIdNew", "Type": HYPERLINK, "Target": address, "TargetMode": "External"}
        etree.SubElement(relations, f"{{{RELATIONS}}}Relationship", values)
        self.parts[name] = etree.tostring(relations)

    def add_note(self, words, text):
        paragraph, start = self.paragraph(words)
        note = etree.SubElement(self.roots["word/footnotes.xml"], f"{W}footnote", {f"{W}id": "77"})
        etree.SubElement(note, f"{W}p").append(run_of(text))
        call = etree.Element(f"{W}r")
        etree.SubElement(call, f"{W}footnoteReference", {f"{W}id": "77"})
        isolated(paragraph, start, start + len(words))[-1].addnext(call)

    def delete_note(self, words):
        paragraph, _ = self.paragraph(words)
        call = paragraph.find(f".//{W}footnoteReference").getparent()
        call.getparent().remove(call)

    def comment(self, words, text, by="M. Inister"):
        paragraph, start = self.paragraph(words)
        runs = isolated(paragraph, start, start + len(words))
        identity = str(len(self.comments))
        self.comments.append((by, text))
        runs[0].addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": identity}))
        ends = etree.Element(f"{W}commentRangeEnd", {f"{W}id": identity})
        runs[-1].addnext(ends)
        call = etree.Element(f"{W}r")
        etree.SubElement(call, f"{W}commentReference", {f"{W}id": identity})
        ends.addnext(call)

    def _signed(self):
        self.changes += 1
        return {f"{W}id": str(9000 + self.changes), **SIGNED}

    def _add_comments(self, parts):
        root = etree.Element(f"{W}comments", nsmap={"w": NAMESPACES["w"]})
        for number, (by, text) in enumerate(self.comments):
            attributes = {f"{W}id": str(number), f"{W}author": by, f"{W}date": SIGNED[f"{W}date"]}
            comment = etree.SubElement(root, f"{W}comment", attributes)
            etree.SubElement(comment, f"{W}p").append(run_of(text))
        extended = etree.Element(f"{W15}commentsEx", nsmap={"w15": W15[1:-1]})
        for number, (parent, text, by, resolved) in enumerate(self.replies):
            attributes = {f"{W}id": str(500 + number), f"{W}author": by}
            comment = etree.SubElement(root, f"{W}comment", attributes)
            etree.SubElement(comment, f"{W}p").append(run_of(text))
            asked = root[parent].find(f"{W}p")
            asked.set(f"{W14}paraId", f"0000000{parent}")
            comment.find(f"{W}p").set(f"{W14}paraId", f"0000010{number}")
            done = {f"{W15}done": str(int(resolved))}
            etree.SubElement(
                extended, f"{W15}commentEx", {f"{W15}paraId": f"0000000{parent}", **done}
            )
            of = {f"{W15}paraId": f"0000010{number}", f"{W15}paraIdParent": f"0000000{parent}"}
            etree.SubElement(extended, f"{W15}commentEx", of)
        parts["word/comments.xml"] = etree.tostring(root)
        parts["word/commentsExtended.xml"] = etree.tostring(extended)
        relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
        for kind, name in ((COMMENTS, "comments"), (EXTENDED, "commentsExtended")):
            etree.SubElement(
                relations,
                f"{{{RELATIONS}}}Relationship",
                {"Id": f"rId{name}", "Type": kind, "Target": f"{name}.xml"},
            )
        parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(
            types,
            types.tag.replace("Types", "Override"),
            {"PartName": "/word/comments.xml", "ContentType": COMMENTS_TYPE},
        )
        parts["[Content_Types].xml"] = etree.tostring(types)


def texts(paragraph):
    return [t for t in paragraph.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is paragraph]


def said(paragraph):
    return "".join(t.text or "" for t in texts(paragraph)).replace("\u00a0", " ")


def style(paragraph):
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val") if found is not None else ""


def run_of(text):
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set(SPACE, "preserve")
    return run


def put(paragraph, start, end, new):
    """Put text in place of the characters from `start` to `end`."""
    place, written = 0, False
    elements = texts(paragraph)
    if not elements:
        paragraph.append(run_of(new))
        return
    for n, element in enumerate(elements):
        text = element.text or ""
        stop = place + len(text)
        is_last = n == len(elements) - 1
        first, last = max(start - place, 0), min(end - place, len(text))
        here = ""
        if not written and (start < stop or is_last or (start == end == stop)):
            here, written = new, True
        if here or (first < len(text) and last > first):
            element.text = text[:first] + here + text[max(last, first) :]
            element.set(SPACE, "preserve")
        place = stop
    _drop_empty(paragraph)


def _drop_empty(paragraph):
    """Remove fields and links whose words are gone, as programs do."""
    for runs in fields(paragraph):
        shown = [t for run in runs for t in run.iter(f"{W}t")]
        if shown and not any(t.text for t in shown):
            for run in runs:
                run.getparent().remove(run)
    for link in list(paragraph.iter(f"{W}hyperlink")):
        shown = list(link.iter(f"{W}t"))
        if (shown or not len(link)) and not any(t.text for t in shown):
            link.getparent().remove(link)


def fields(paragraph):
    """Return the runs of each field."""
    found, open_ones = [], []
    for run in paragraph.iter(f"{W}r"):
        kinds = [c.get(f"{W}fldCharType") for c in run.findall(f"{W}fldChar")]
        if "begin" in kinds:
            open_ones.append([])
        for runs in open_ones:
            runs.append(run)
        if "end" in kinds and open_ones:
            found.append(open_ones.pop())
    return found


def isolated(paragraph, start, end):
    """Return runs that hold exactly the characters from `start` to `end`."""
    place, found = 0, []
    for element in texts(paragraph):
        text = element.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        place += len(text)
        if last <= first:
            continue
        run = element.getparent()
        for before, piece in ((True, text[:first]), (False, text[last:])):
            if not piece:
                continue
            other = deepcopy(run)
            for extra in other.findall(f"{W}t"):
                other.remove(extra)
            rest = etree.SubElement(other, f"{W}t")
            rest.text = piece
            rest.set(SPACE, "preserve")
            run.addprevious(other) if before else run.addnext(other)
        element.text = text[first:last]
        element.set(SPACE, "preserve")
        found.append(run)
    return found


def _place(paragraph, end, runs):
    if runs:
        return runs[-1].getparent(), runs[-1].getparent().index(runs[-1]) + 1
    after = isolated(paragraph, end, len(said(paragraph)))
    if after:
        return after[0].getparent(), after[0].getparent().index(after[0])
    return paragraph, len(paragraph)


def split(paragraph, start):
    runs = isolated(paragraph, start, len(said(paragraph)))
    first = runs[0]
    while first.getparent() is not paragraph:
        first = first.getparent()
    new = etree.Element(f"{W}p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        new.append(deepcopy(properties))
    for element in [first, *first.itersiblings()]:
        new.append(element)
    paragraph.addnext(new)
    return new


def join(paragraph):
    before = paragraph.getprevious()
    for element in [e for e in paragraph if e.tag != f"{W}pPr"]:
        before.append(element)
    paragraph.getparent().remove(paragraph)
