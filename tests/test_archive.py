"""The archived copy of a source is printed after its entry, in every style, language and output."""

import pytest
from proved import wrong

from pipeline.build.proof import read_back
from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex

COPY = "https://web.archive.org/web/2026/https://example.org/rain"


def formatted(reference, style, lang):
    return format_entry(reference, CITATION_STYLES[style], lang)


def reference(extra, title="Rain"):
    source = (
        f"@online{{a, author={{Lee, Bo}}, title={{{title}}}, year=2025, "
        "url={https://example.org/rain}, "
        f"urldate={{2026-01-28}}{extra}}}"
    )
    return read_bibtex([(source.encode(), "a.bib")])[0]["a"]


DATED = f", archiveurl={{{COPY}}}, archivedate={{2026-03-02}}"


@pytest.mark.parametrize("style", CITATION_STYLES)
def test_the_copy_stands_after_the_entry_and_is_a_link(style):
    bare = formatted(reference(""), style, "en-GB")
    entry = formatted(reference(DATED), style, "en-GB")

    assert plain(entry).startswith(plain(bare))
    assert plain(entry).endswith(f". Archived 2 March 2026: {COPY}")
    assert ".." not in plain(entry).replace("...", "")
    assert entry[-1].href == COPY


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en-US", "Archived March 2, 2026: "),
        ("fr", "Archivé le 2 mars 2026 : "),
        ("de", "Archiviert am 2. März 2026: "),
        ("es", "Archivado el 2 de marzo de 2026: "),
        ("ja", "2026年3月2日アーカイブ："),
        ("ar", "أُرشف في 2 مارس 2026: "),
        ("zh", "2026年3月2日存档："),
    ],
)
def test_the_words_are_those_of_the_language(lang, words):
    found = reference(DATED, "المطر" if lang == "ar" else "Rain")
    assert plain(formatted(found, "ieee", lang)).endswith(words + COPY)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (f", archiveurl={{{COPY}}}", f"Archived: {COPY}"),
        (f", archiveurl={{{COPY}}}, archivedate={{2026-03}}", f"Archived March 2026: {COPY}"),
        (", archivedate={2026-03-02}", None),
    ],
)
def test_what_is_not_known_is_not_said(fields, words):
    entry = plain(formatted(reference(fields), "vancouver", "en-GB"))

    assert entry.endswith(words) if words else "rchived" not in entry


def test_an_archive_that_could_run_code_is_no_link():
    entry = format_entry(
        reference(", archiveurl={javascript:alert(1)}"), CITATION_STYLES["ieee"], "en-GB"
    )

    assert {run.href for run in entry} == {"", "https://example.org/rain"}


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_every_output_bears_it_and_verify_agrees(format):
    from rich_brief import cite, par, rich

    from pipeline.marks import SEPARATE
    from pipeline.model.references import library_of
    from pipeline.project.stages import prepare
    from pipeline.styles import load_styles
    from pipeline.writers import WRITERS

    cited = par("Rain ", cite("1", "a"), ".")
    brief = rich(blocks=(cited,)).brief
    numbered, _ = prepare(brief, library_of({"a": reference(DATED)}), SEPARATE)
    printed = read_back(WRITERS[format](numbered, load_styles(None)[0]), format)

    assert "Archived" in printed.bibliography[0].text
    assert wrong(numbered, printed, format) == []
