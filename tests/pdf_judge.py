"""A judge of tagged PDFs, for what validators do not see; each finding begins with its rule.

It shares no code with the writer: it reads the file with pikepdf, as a reader of tags would.
"""

import re
from io import BytesIO
from itertools import pairwise

import pikepdf

INLINE = {
    "Span",
    "Em",
    "Strong",
    "Link",
    "Reference",
    "BibEntry",
    "Code",
    "Lbl",
    "Figure",
    "Formula",
}
NUMBERINGS = {"None", "Disc", "Circle", "Square", "Decimal", "Unordered", "Description"}
SCOPES = ("/Column", "/Row")
PDF_20 = "http://iso.org/pdf2/ssn"


class Tagged:
    """The structure of a PDF and its marked contents."""

    def __init__(self, content):
        self.pdf = pikepdf.open(BytesIO(content))
        self.root = self.pdf.Root.StructTreeRoot
        self.pages = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        self.texts, self.artifacts, self.untagged = {}, [], []
        for number, page in enumerate(self.pdf.pages):
            self._read_page(number, page)
        self.elements = list(self.below(self.root))
        names = self.pdf.Root.get("/Names", {}).get("/Dests")
        self.named = set(pikepdf.NameTree(names)) if names is not None else set()

    # The pages ----------------------------------------------------------------------------------

    def _read_page(self, number, page):
        """Note the text of each marked content, and what is painted outside of any."""
        fonts = {name: _texts_of(font) for name, font in page.Resources.get("/Font", {}).items()}
        stack, font = [], {}
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator in ("BMC", "BDC"):
                properties = operands[1] if operator == "BDC" else {}
                stack.append((str(operands[0]), properties))
                if str(operands[0]) == "/Artifact":
                    self.artifacts.append((number, str(properties.get("/Subtype", "")), ""))
                elif "/MCID" in properties:
                    self.texts[number, int(properties["/MCID"])] = ""
            elif operator == "EMC":
                stack.pop()
            elif operator == "Tf":
                font = fonts[str(operands[0])]
            elif operator in ("TJ", "Tj", "Do", "f", "S", "B", "sh"):
                self._note(number, stack, _shown(operands, operator, font))

    def _note(self, number, stack, text):
        for tag, properties in reversed(stack):
            if tag == "/Artifact":
                page, subtype, before = self.artifacts[-1]
                self.artifacts[-1] = (page, subtype, before + text)
                return
            if "/MCID" in properties:
                self.texts[number, int(properties["/MCID"])] += text
                return
        self.untagged.append((number, text))

    # The tree -----------------------------------------------------------------------------------

    def kids(self, element):
        kids = element.get("/K", [])
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def children(self, element):
        """Return the structure elements right below one."""
        kids = (kid for kid in self.kids(element) if isinstance(kid, pikepdf.Dictionary))
        return [kid for kid in kids if "/S" in kid]

    def tags(self, element):
        return [tag_of(kid) for kid in self.children(element)]

    def below(self, element):
        """Yield every structure element below one, in reading order."""
        for kid in self.children(element):
            yield kid
            yield from self.below(kid)

    def of_tag(self, *tags):
        return [element for element in self.elements if tag_of(element) in tags]

    def contents(self, element):
        """Yield the (page, MCID) below an element, in reading order."""
        for kid in self.kids(element):
            if isinstance(kid, int):
                yield self.pages[element.Pg.objgen], kid
            elif "/MCID" in kid:
                yield self.pages[kid.Pg.objgen], int(kid.MCID)
            elif "/S" in kid:
                yield from self.contents(kid)

    def read(self, element=None, without=()):
        """Return the text below an element as a reader of tags gives it: blocks apart."""
        element = self.root if element is None else element
        if "/ActualText" in element:
            return str(element.ActualText).replace("\N{SOFT HYPHEN}", "")
        said = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                said.append(self.texts.get((self.pages[element.Pg.objgen], kid), ""))
            elif "/MCID" in kid:
                said.append(self.texts.get((self.pages[kid.Pg.objgen], int(kid.MCID)), ""))
            elif "/S" in kid and tag_of(kid) not in without:
                text = self.read(kid, without)
                said.append(text if tag_of(kid) in INLINE else f"\n{text}\n")
        return "".join(said).replace("\N{SOFT HYPHEN}", "")

    def annotations(self):
        return [(n, a) for n, p in enumerate(self.pdf.pages) for a in p.obj.get("/Annots", [])]


def tag_of(element):
    return str(element.S)[1:]


def _texts_of(font):
    """Return what each code of a font stands for."""
    table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in re.findall(rb"<(\w{4})>\s+<(\w+)>", table)
    }


def _shown(operands, operator, font):
    if operator not in ("TJ", "Tj"):
        return ""
    strings = operands[0] if operator == "TJ" else operands
    codes = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
    pairs = (int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2))
    return "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in pairs)


# Rules -------------------------------------------------------------------------------------------


def findings(content):
    """Return what is wrong with the structure of a PDF for the screen: nothing, if all is well."""
    tagged = Tagged(content)
    return [found for rule in RULES for found in rule(tagged)]


def tree(tagged):
    """Every content is reached once, from the element that the parent tree names."""
    reached = list(tagged.contents(tagged.root))
    parents = pikepdf.NumberTree(tagged.root.ParentTree)
    for place in tagged.texts:
        if reached.count(place) != 1:
            yield f"tree: {place} is reached {reached.count(place)} times"
    for place in set(reached) - set(tagged.texts):
        yield f"tree: {place} is not on its page"
    for element in tagged.elements:
        for kid in tagged.kids(element):
            if isinstance(kid, int):
                place = tagged.pages[element.Pg.objgen], kid
            elif "/MCID" in kid:
                place = tagged.pages[kid.Pg.objgen], int(kid.MCID)
            else:
                continue
            page = tagged.pdf.pages[place[0]]
            if parents[int(page.StructParents)][place[1]].objgen != element.objgen:
                yield f"tree: the parent tree does not name the parent of {place}"
        if any(kid.P.objgen != element.objgen for kid in tagged.children(element)):
            yield "tree: an element has another parent than it says"


def painted(tagged):
    """What is painted is content of an element or an artifact (ISO 14289-1, 7.1)."""
    for page, text in tagged.untagged:
        yield f"painted: {text!r} on page {page + 1} is neither content nor artifact"


def artifacts(tagged):
    """Each page has its number in a footer, and running heads are headers (7.8)."""
    for page in range(len(tagged.pdf.pages)):
        found = [(kind, text) for number, kind, text in tagged.artifacts if number == page and text]
        if not any(kind == "/Footer" and str(page + 1) in text for kind, text in found):
            yield f"artifacts: page {page + 1} has no footer"
        if page and not any(kind == "/Header" for kind, _ in found):
            yield f"artifacts: page {page + 1} has no header"


def notes(tagged):
    """A note stands right after its call, has an identifier, and begins with its label (7.9)."""
    identifiers = [str(note.get("/ID", "")) for note in tagged.of_tag("Note", "FENote")]
    for name in tagged.named:
        if name.startswith("fn-") and name not in identifiers:
            yield f"notes: {name} is no note"
    if "" in identifiers or len(set(identifiers)) < len(identifiers):
        yield "notes: identifiers are missing or used twice"
    for heading in tagged.of_tag("H1", "H2", "H3", "H4", "H5", "H6"):
        if any(tag_of(found) in ("Note", "FENote") for found in tagged.below(heading)):
            yield "notes: a heading holds a note"
    for note in tagged.of_tag("Note", "FENote"):
        kids = [kid for kid in tagged.kids(note.P) if isinstance(kid, pikepdf.Dictionary)]
        place = [kid.objgen for kid in kids].index(note.objgen)
        call = kids[place - 1] if place else None
        if call is not None and re.fullmatch("/H[1-6]|/Note|/FENote", str(call.S)):
            heading = next(k for k in reversed(kids[:place]) if re.fullmatch("/H[1-6]", str(k.S)))
            calls = [found for found in tagged.below(heading) if tag_of(found) == "Reference"]
            heads = [k.objgen for k in kids].index(heading.objgen)
            call = calls[place - heads - 1] if len(calls) >= place - heads else None
        if call is None or call.get("/S") != "/Reference":
            yield f"notes: {note.ID} does not stand after its call"
            continue
        labels = [kid for kid in tagged.children(note) if tag_of(kid) == "Lbl"]
        if [tagged.read(label).strip() for label in labels] != [tagged.read(call).strip()]:
            yield f"notes: {note.ID} does not begin with the number of its call"


def lists(tagged):
    """Lists say their numbering; items have labels and bodies (ISO 32000-1, 14.8.4.3.3)."""
    for found in tagged.of_tag("L"):
        if str(found.get("/A", {}).get("/ListNumbering", "/"))[1:] not in NUMBERINGS:
            yield "lists: a list does not say its numbering"
        if set(tagged.tags(found)) != {"LI"} or len(tagged.tags(found)) < len(tagged.kids(found)):
            yield "lists: a list holds what is no item"
    for item in tagged.of_tag("LI"):
        whole = len(tagged.tags(item)) == len(tagged.kids(item))
        if not whole or tagged.tags(item) not in (["Lbl", "LBody"], ["LBody"], ["Lbl"]):
            yield "lists: an item holds more than a label and a body"


def tables(tagged):
    """Rows are of one length, heads have a scope and stand once, with each cell (7.5)."""
    for table in tagged.of_tag("Table"):
        below = list(tagged.below(table))
        rows = [row for row in below if tag_of(row) == "TR"]
        if not _is_regular([list(map(_spans, tagged.children(row))) for row in rows]):
            yield "tables: rows are of several lengths"
        if tagged.tags(table).count("THead") > 1 or tagged.tags(table).count("TBody") > 1:
            yield "tables: there are several heads or bodies"
        for head in tagged.children(table):
            if tag_of(head) == "THead" and len({page for page, _ in tagged.contents(head)}) > 1:
                yield "tables: a head is repeated"
        for cell in below:
            if tag_of(cell) == "TH" and cell.get("/A", {}).get("/Scope") not in SCOPES:
                yield "tables: a head has no scope"


def _spans(cell):
    attributes = cell.get("/A", {})
    return int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))


def _is_regular(rows):
    """Say whether cells fill a rectangle, each where the first place of its row is free."""
    filled = set()
    for y, row in enumerate(rows):
        x = 0
        for across, down in row:
            while (x, y) in filled:
                x += 1
            places = {(x + i, y + j) for i in range(across) for j in range(down)}
            if places & filled:
                return False
            filled |= places
    width = 1 + max((x for x, _ in filled), default=-1)
    return len(filled) == width * len(rows)


def headings(tagged):
    """The title is the first heading, and none skips a level (7.4.2)."""
    levels = [int(tag_of(h)[1]) for h in tagged.elements if re.fullmatch("H[1-6]", tag_of(h))]
    for before, level in pairwise([0, *levels]):
        if level > before + 1:
            yield f"headings: level {level} follows level {before}"


def figures(tagged):
    """Figures and formulas say what they show, and lie on their page (7.3; 14.8.5.4)."""
    for figure in tagged.of_tag("Figure", "Formula"):
        if not str(figure.get("/Alt", "")).strip():
            yield "figures: one has no alternative text"
        if tag_of(figure) == "Formula" and "/AF" not in figure:
            yield "figures: a formula has no MathML"
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        _, _, width, height = (float(value) for value in figure.Pg.MediaBox)
        if not (-1 <= left < right <= width + 1 and -1 <= bottom < top <= height + 1):
            yield f"figures: one lies off its page: {figure.A.BBox}"


def links(tagged):
    """Each link is in a Link element, and says where it leads in words (7.18.5)."""
    parents = pikepdf.NumberTree(tagged.root.ParentTree)
    held = [
        kid.Obj.objgen
        for element in tagged.elements
        for kid in tagged.kids(element)
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]
    for page, link in tagged.annotations():
        if held.count(link.objgen) != 1:
            yield f"links: one on page {page + 1} is held {held.count(link.objgen)} times"
        number = link.get("/StructParent")
        if number is None or tag_of(parents[int(number)]) != "Link":
            yield f"links: one on page {page + 1} is in no Link element"
        said = str(link.get("/Contents", ""))
        action = link.get("/A", {})
        raw = str(link.get("/Dest", action.get("/D", "")))
        if not said.strip() or said.removeprefix("#") == raw:
            yield f"links: {said!r} does not say where it leads"
    for number, page in enumerate(tagged.pdf.pages):
        if page.obj.get("/Tabs") != "/S":
            yield f"links: page {number + 1} does not follow the structure with the Tab key"


def contents(tagged):
    """Contents are TOC and TOCI, whose links are in references, without leaders (14.8.4.3.2)."""
    for entry in tagged.of_tag("TOCI"):
        if tagged.tags(entry) != ["Reference"] or len(tagged.kids(entry)) > 1:
            yield "contents: an entry holds more than its reference"
        if "...." in tagged.read(entry).replace(" ", "").replace("\u2024", "."):
            yield "contents: an entry holds its leaders"
    if any(set(tagged.tags(toc)) != {"TOCI"} for toc in tagged.of_tag("TOC")):
        yield "contents: they hold more than entries"


def divided(tagged):
    """What pages divide is one element: no two beside each other are pieces of one."""
    for element in tagged.elements:
        for before, after in pairwise(tagged.children(element)):
            if tag_of(before) == tag_of(after) and _goes_on(tagged, before, after):
                yield f"divided: {tagged.read(before)[-30:]!r} is parted from its rest"


def _turns(tagged, before, after):
    """Say whether a page ends between two elements."""
    first, second = list(tagged.contents(before)), list(tagged.contents(after))
    return bool(first and second) and first[-1][0] + 1 == second[0][0]


def _goes_on(tagged, before, after):
    if not _turns(tagged, before, after):
        return False
    if tag_of(after) == "Table":
        return "THead" not in tagged.tags(after)
    ends, begins = tagged.read(before).rstrip()[-1:], tagged.read(after).lstrip()[:1]
    kinds = ("P", "LBody", "TBody", "Link")
    return tag_of(after) in kinds and begins.islower() and ends not in ".:!?"


def languages(tagged):
    """The document has a language (7.2)."""
    if not str(tagged.pdf.Root.get("/Lang", "")):
        yield "languages: the document has none"


def metadata(tagged):
    """The metadata claim both standards in one place, in the clear (ISO 19005-3, 6.6)."""
    stream = tagged.pdf.Root.Metadata
    text = stream.read_bytes().decode()
    if "/Filter" in stream or text.count("<rdf:RDF") != 1:
        yield "metadata: a reader does not find them"
    claims = set(re.findall(r'pdf(?:ua|a)id:part(?:="|>)(\d)', text))
    if claims not in ({"1", "3"}, {"2", "4"}):
        yield f"metadata: they claim {sorted(claims)}"


def attached(tagged):
    """Each attachment is named once, with its relationship, kind and description (6.8)."""
    of_document = [str(file.UF) for file in tagged.pdf.Root.get("/AF", [])]
    of_elements = [file for element in tagged.elements for file in element.get("/AF", [])]
    files = [*tagged.pdf.Root.get("/AF", []), *of_elements]
    if len({*of_document}) != len(of_document):
        yield "attached: a file is associated twice"
    if not {*of_document} <= {*tagged.pdf.attachments} <= {str(file.UF) for file in files}:
        yield "attached: associated files are not the attachments"
    if [*tagged.pdf.attachments] != sorted(tagged.pdf.attachments):
        yield "attached: the names of attachments are not in order (ISO 32000-1, 7.9.6)"
    for file in files:
        said = str(file.get("/AFRelationship", ""))
        if said not in ("/Source", "/Data", "/Supplement") or "/Type" not in file:
            yield "attached: a file does not say what it is to the document"
        if "/" not in str(file.EF.F.get("/Subtype", ""))[1:] or not str(file.get("/Desc", "")):
            yield "attached: a file does not say what it is"


def painting(tagged):
    """No glyph is `.notdef`, no image interpolated (ISO 19005-3, 6.2.11.8 and 6.2.8)."""
    for item in tagged.pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Interpolate"):
            yield "painting: an image is interpolated"
        encoding = item.get("/Encoding") if isinstance(item, pikepdf.Dictionary) else None
        if isinstance(encoding, pikepdf.Stream) and b"> 0\n" in encoding.read_bytes():
            yield "painting: a character has no glyph"


def pdf_20(tagged):
    """PDF/UA-2 with PDF/A-4f asks for more; each rule has its clause."""
    if tagged.pdf.pdf_version < "2.0":
        return
    (document,) = tagged.kids(tagged.root)
    if tag_of(document) != "Document" or str(document.get("/NS", {}).get("/NS", "")) != PDF_20:
        yield "pdf_20: the document is not one of PDF 2.0 (ISO 14289-2, 8.2.5.2)"
    if "/Info" in tagged.pdf.trailer:
        yield "pdf_20: it has an information dictionary (ISO 19005-4, 6.1.3)"
    leading = [link for _, link in tagged.annotations()]
    leading += _bookmarks(tagged.pdf.Root.get("/Outlines", {}))
    for found in leading:
        action = found.get("/A", {})
        structured = "/SD" in action and "/S" in action.SD[0]
        if "/Dest" in found or (action.S == "/GoTo" and not structured):
            yield "pdf_20: a link leads to a place, not to an element (ISO 14289-2, 8.8)"
    for element in tagged.elements:
        yield from _new_rules(tagged, element)


def _bookmarks(parent):
    item = parent.get("/First")
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")


def _new_rules(tagged, element):
    tag, kids, tags = tag_of(element), tagged.kids(element), tagged.tags(element)
    others = [other.objgen for other in element.get("/Ref", [])]
    if tag == "Note":
        yield "pdf_20: a note is a Note, not an FENote (ISO 14289-2, 8.2.5.14)"
    if tag == "FENote" and element.A.get("/NoteType") != "/Footnote":
        yield "pdf_20: a note does not say its type (8.2.5.14)"
    if tag == "FENote" and not others:
        yield "pdf_20: a note does not refer to its call (8.2.5.14)"
    for other in element.get("/Ref", []) if tag == "FENote" else ():
        if element.objgen not in [back.objgen for back in other.get("/Ref", [])]:
            yield "pdf_20: a call does not refer to its note (8.2.5.14)"
    if tag == "TOCI" and not others:
        yield "pdf_20: an entry of the contents refers to nothing (8.2.5.8)"
    if tag == "L" and element.A.ListNumbering == "/None" and _has_labels(tagged, element):
        yield "pdf_20: a list has labels and no numbering (8.2.5.25)"
    if "Caption" in tags[1:-1]:
        yield "pdf_20: a caption is neither first nor last (8.2.5.27)"
    if tag in ("Document", "Div") and "Caption" in tags:
        yield f"pdf_20: a {tag} holds a caption (ISO 32005, table 5)"
    if tag in ("Document", "Sect") and {"Span", "Reference"} & set(tags):
        yield f"pdf_20: a {tag} holds inline elements (ISO 32005, table 5)"
    holders = ("Document", "Sect", "L", "LI", "TOC", "TOCI", "Table", "TBody", "THead", "TR")
    if tag in holders and len(tags) < len(kids):
        yield f"pdf_20: a {tag} holds content itself (ISO 32005, table 5)"


def _has_labels(tagged, element):
    return any("Lbl" in tagged.tags(item) for item in tagged.children(element))


RULES = (
    tree, painted, artifacts, notes, lists, tables, headings, figures, links, contents, divided,
    languages, metadata, attached, painting, pdf_20,
)  # fmt: skip
