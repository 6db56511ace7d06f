"""What other programs take builds here, too."""

import base64

import pytest
from proved import faults
from spec_library import png
from test_spec import STYLES, as_brief, read

from pipeline.model import Citation, walk
from pipeline.writers import WRITERS


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_an_image_in_its_address_and_a_word_that_may_be_parted_are_shown(format):
    data = base64.b64encode(png()).decode()
    image = f'![A grey box](data:image/png;base64,{data}){{alt="A box."}}'
    numbered, found = as_brief(f"---\ntitle: T\n---\n\nAn of\u200bfice, a f\u200bin.\n\n{image}\n")

    assert found == []
    [file] = numbered.brief.images
    assert (file.width, file.height) == (40, 20)
    assert file.src.startswith("embedded-")
    assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("data:image/png;base64,%%%", "the data of an image are not base64"),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "is not a PNG, JPEG or SVG image"),
    ],
    ids=["broken", "gif"],
)
def test_an_image_in_its_address_that_cannot_be_shown_is_named(address, message):
    _, found = read(f"---\ntitle: T\n---\n\n![A]({address})\n")

    [wrong] = [diagnostic for diagnostic in found if diagnostic.code == "bad-image"]
    assert message in wrong.message
    assert len(wrong.message) < 80


@pytest.mark.parametrize("time", ["00:12:30", "4:05", "1:02:03-1:02:09"])
def test_a_time_in_a_recording_is_no_page(time):
    numbered, _ = read(
        f"---\ntitle: T\n---\n\nRain [@smith2021, {time}] [@smith2021, p. {time}].\n"
    )

    bare, paged = [node.cites[0] for node in walk(numbered.brief) if isinstance(node, Citation)]
    assert bare.locator is None
    assert paged.locator.label == "page"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("(Smith 2021)", True),
        ("(see Smith 2021, p. 4)", True),
        ("(smith 2021; Lee 2019)", True),
        ("[#smith2021]", True),
        ("(Smith 2020)", False),
        ("(Tokyo 2021)", False),
        ("(January 2021)", False),
    ],
)
def test_a_name_and_a_year_of_a_work_in_the_library_are_a_mark_typed_by_hand(typed, found):
    _, diagnostics = read(f"---\ntitle: T\n---\n\nIt rains {typed}.\n")

    hints = [d.hint for d in diagnostics if d.code == "hand-typed-mark"]
    assert [hint.startswith("write [@smith2021") for hint in hints] == [True] * found
