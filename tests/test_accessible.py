"""The rules of Word's accessibility checker that can be read from a file, for every sample brief.

Word's checker asks for the title, alternative text, header rows, simple tables, meaningful links,
no floating objects, headings in order, and contrast; a language and no empty paragraphs are what
screen readers need besides.
"""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from word_samples import SAMPLES

from pipeline.colours import contrast, rgb_of_hex
from pipeline.ooxml import NAMESPACES
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

ROOT = Path(__file__).parents[1]
STYLES = load_styles(None)[0]
W = f"{{{NAMESPACES['w']}}}"
KINDS = ("rich", "letter", "nested", "arabic", "japanese", "charts", "formulas")
NAMES = [*sorted(path.stem for path in (ROOT / "briefs").glob("*.md")), *KINDS]
STORIES = re.compile(r"word/(document|footnotes|header[0-9]*|footer[0-9]*)\.xml")
EMPTY_WORDS = {"here", "click here", "this", "link", "more", "read more", "this page"}


@pytest.fixture(scope="module", params=NAMES)
def file(request):
    """Return the XML parts of a brief's Word file by name."""
    if request.param in SAMPLES:
        found = SAMPLES[request.param]()
    else:
        project = load_project([ROOT / f"briefs/{request.param}.md"])
        found = project.briefs[0].numbered
    with zipfile.ZipFile(io.BytesIO(write_docx(found, STYLES))) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xml")
        }


def find(node, path):
    names = dict(NAMESPACES) | {"dc": "http://purl.org/dc/elements/1.1/"}
    return node.xpath(path, namespaces=names)


def words(node):
    return "".join(find(node, ".//w:t/text()")).strip()


def stories(file):
    return [root for name, root in file.items() if STORIES.fullmatch(name)]


def style_of(paragraph):
    return next(iter(find(paragraph, "w:pPr/w:pStyle/@w:val")), "Normal")


def test_the_file_has_a_title(file):
    assert find(file["docProps/core.xml"], "string(//dc:title)").strip()


def test_the_file_has_a_language(file):
    assert all(find(file["word/styles.xml"], "//w:docDefaults//w:lang/@w:val"))
    assert find(file["docProps/core.xml"], "string(//dc:language)")


def test_headings_skip_no_level_and_are_not_empty(file):
    levels = {
        style.get(f"{W}styleId"): int(level[0])
        for style in find(file["word/styles.xml"], "//w:style")
        if (level := find(style, "w:pPr/w:outlineLvl/@w:val"))
    }
    before = -1
    found = [p for p in find(file["word/document.xml"], "//w:p") if style_of(p) in levels]

    assert found
    for heading in found:
        assert words(heading)
        assert levels[style_of(heading)] <= before + 1, words(heading)
        before = levels[style_of(heading)]


def test_every_picture_and_chart_has_alternative_text(file):
    for root in stories(file):
        for drawing in find(root, "//wp:docPr"):
            assert drawing.get("descr", "").strip(), drawing.get("name")


def test_every_object_stands_in_line_with_the_text(file):
    for root in stories(file):
        assert find(root, "//wp:anchor | //w:pict | //w:framePr | //w:tblpPr") == []


def test_every_table_has_a_header_row_and_alternative_text(file):
    for table in find(file["word/document.xml"], "//w:tbl"):
        assert find(table, "w:tr[1]/w:trPr/w:tblHeader")
        assert find(table, "w:tblPr/w:tblCaption/@w:val | w:tblPr/w:tblDescription/@w:val")


def test_tables_have_no_merged_split_or_empty_cells(file):
    for table in find(file["word/document.xml"], "//w:tbl"):
        assert find(table, ".//w:gridSpan | .//w:vMerge | .//w:hMerge | .//w:tbl") == []
        assert len({len(find(row, "w:tc")) for row in find(table, "w:tr")}) == 1
        for cell in find(table, "w:tr/w:tc"):
            assert words(cell) or find(cell, ".//w:drawing")


def test_no_empty_paragraph_makes_space(file):
    """A thematic break is a line of its own kind: its style draws it."""
    for root in stories(file):
        for paragraph in find(root, "//w:p"):
            shown = find(
                paragraph, ".//w:drawing | .//w:separator | .//w:continuationSeparator"
            ) or find(paragraph, ".//*[local-name() = 'oMath']")
            assert words(paragraph) or shown or style_of(paragraph) == "ThematicBreak"


def test_links_say_where_they_lead(file):
    """A bare URL is allowed in the list of references and in the imprint only.

    There the address itself is what the citation style prints, for those who have only paper; a
    reader by ear has heard the title of the work in the same line, right before it.
    """
    for root in stories(file):
        for link in find(root, "//w:hyperlink"):
            text = words(link)
            paragraph = next(link.iterancestors(f"{W}p"))
            assert text
            assert text.lower() not in EMPTY_WORDS
            if style_of(paragraph) not in ("Bibliography", "Imprint"):
                assert not re.match("https?://", text), text


def test_links_back_have_a_tip_that_says_where_they_lead(file):
    for link in find(file["word/document.xml"], "//w:hyperlink[starts-with(@w:anchor, '_Bc')]"):
        assert link.get(f"{W}tooltip", "").endswith(words(link))


def test_text_stands_out_from_its_ground(file):
    styles = file["word/styles.xml"]
    by_id = {style.get(f"{W}styleId"): style for style in find(styles, "//w:style")}

    def inherited(style, path):
        while style is not None:
            if found := find(style, path):
                return found[0]
            style = by_id.get(next(iter(find(style, "w:basedOn/@w:val")), ""))
        return None

    default = find(styles, "//w:docDefaults//w:color/@w:val")[0]
    for style in by_id.values():
        colour = inherited(style, "w:rPr/w:color/@w:val") or default
        ground = inherited(style, "w:pPr/w:shd/@w:fill") or "FFFFFF"
        ratio = contrast(rgb_of_hex(f"#{colour}"), rgb_of_hex(f"#{ground}"))
        assert ratio >= 4.5, style.get(f"{W}styleId")


def test_the_checklist_for_those_who_have_word_names_every_sample_and_no_other_file():
    guide = (ROOT / "docs/word.md").read_text("utf-8")
    checklist = guide.partition("## What has not been tried in Microsoft Word")[2]
    briefs = {path.stem for path in (ROOT / "briefs").glob("*.md")}
    named = set(re.findall(r"([\w-]+)\.docx", checklist)) - {"reference"}

    assert named - briefs == {*SAMPLES}
