"""The website: pages, files, lists for machines, and what browsers make of them."""

import datetime
import functools
import hashlib
import html
import http.server
import json
import re
import shutil
import subprocess
import threading
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from installed import needs
from language_samples import WORDS, sample
from msgspec.structs import replace
from rich_brief import rich

from pipeline.cli import main
from pipeline.page_names import LONGEST, page_names
from pipeline.project import load_project
from pipeline.releases import Release, to_json
from pipeline.site import build_site, search
from pipeline.site.relations import relations_of

ROOT = Path(__file__).parents[1]
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
BIB = f"""\
@article{{lee2019, author = {{Lee, Ann}}, title = {{Rain on roofs}}, journal = {{Weather}},
  year = 2019, doi = {{10.1000/182}}}}
@book{{smith2021, author = {{Smith, Bo}}, title = {{{EVIL}}}, publisher = {{Press}}, year = 2021}}
"""
FIRST = """\
---
title: Rain falls on roofs
subtitle: And what to do
lang: en-GB
date: 2026-01-28
checked-on: 2026-02-01
authors: [{name: Ann Lee, affiliation: Desk}]
keywords: [rain, roofs]
claim: {text: It never rains, by: A minister, date: 2025-12-24}
verdict: {label: False, scale: true or false}
corrections: [{date: 2026-02-02, what: A number was wrong.}]
aliases: [old-rain]
edition: 3
licence: CC BY 4.0
---

::: summary
Roofs keep most rain off [@smith2021; @lee2019, pp. 3-5].
:::

## Umbrellas

It rained in Bergen [@lee2019].[^n]

[^n]: A footnote [@smith2021].
"""
SECOND = """\
---
title: الأمطار
lang: ar
date: 2026-01-02
translation-of: rain
---

## ما نعرفه

نص [@lee2019].
"""
THIRD = f"""\
---
title: "{EVIL}"
lang: en-GB
date: 2025-01-01
keywords: ["{EVIL}"]
supersedes: rain
embed-source: false
---

## {EVIL}

Text [@smith2021].
"""
UNDATED = """\
---
title: Some day
lang: en-GB
---

It rains umbrellas. 課金は交通量を減らす

![A roof](roof.png){#fig-a}
"""
DRAFT = "---\ntitle: Not yet\ndraft: true\n---\n\nUnpublished words.\n"
RELEASED = {  # the text of each edition that was released, and its date
    "1": (FIRST.replace("edition: 3", "edition: 1").replace("most rain", "rain"), "2026-01-28"),
    "2": (FIRST.replace("edition: 3", "edition: 2"), "2026-01-30"),
}
HOUSE = '[site]\nurl = "https://briefs.example.org/sub/"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    (root / "briefs").mkdir()
    (root / "styles").mkdir()
    (root / "references.bib").write_text(BIB)
    (root / "styles/house.toml").write_text(HOUSE)
    shutil.copy(ROOT / "briefs/congestion/charge.png", root / "briefs/roof.png")
    texts = {"rain": FIRST, "rain-ar": SECOND, "Évil <b>": THIRD, "fog": UNDATED, "draft": DRAFT}
    for name, text in texts.items():
        (root / f"briefs/{name}.md").write_text(text)
    for edition, (text, day) in RELEASED.items():
        release(root, edition, text, day)
    return root


def release(root, edition, text, day, withdrawn=False):
    folder = root / "briefs/rain/releases" / edition
    (folder / "briefs").mkdir(parents=True, exist_ok=True)
    files = {"briefs/rain.md": text, "references.bib": BIB}
    for name, content in files.items():
        (folder / name).write_text(content)
    hashes = {name: hashlib.sha256(content.encode()).hexdigest() for name, content in files.items()}
    record = Release(
        edition, datetime.date.fromisoformat(day), "briefs/rain.md", hashes["briefs/rain.md"], {},
        hashes, {}, "", withdrawn=withdrawn,
    )  # fmt: skip
    (folder / "release.json").write_bytes(to_json(record))
    return folder


@pytest.fixture(scope="module")
def built(folder):
    return build_site(load_project(start=folder))


@pytest.fixture
def site(built):
    return built.folder


class Reading(HTMLParser):
    """The elements of a page: (name, attributes), and the text of its scripts."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.scripts = [], []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] == "script":
            self.scripts.append(data)

    def all(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]

    def graph(self):
        [text] = [script for script in self.scripts if script.strip()]
        return {item["@type"]: item for item in json.loads(text)["@graph"]}


def metas(page):
    found = {}
    for attrs in page.all("meta"):
        found.setdefault(attrs.get("name") or attrs.get("property"), []).append(
            attrs.get("content")
        )
    return found


# Files -------------------------------------------------------------------------------------------


def test_every_brief_but_drafts_has_a_page_and_its_files(built, site):
    assert built.drafts == ("draft",)
    assert not [d for d in built.diagnostics if d.code != "taken-alias"]
    names = {path.name for path in site.iterdir() if path.is_file()}
    assert {"index.html", "404.html", "feed.xml", "sitemap.xml", "briefs.json"} <= names
    assert {"rain.html", "rain.docx", "rain.pdf", "rain.md", "rain.bib"} <= names
    assert {"evil-b.html", "evil-b.docx", "evil-b.pdf"} <= names
    assert not {"evil-b.md", "evil-b.bib"} & names, "the author keeps the source"
    assert not [name for name in names if "draft" in name]
    texts = [path.read_bytes() for path in site.rglob("*") if path.is_file()]
    assert not [text for text in texts if b"Unpublished" in text or b"Not yet" in text]
    assert all(len(name) <= LONGEST and " " not in name for name in names)


def test_names_are_short_plain_and_never_the_same():
    names = ["rain", "Rain", "RAIN!", "index", "index-2", "404", "con", "雨", "雪", "a" * 60]
    names += ["A long name of a brief about rain", "a-long-name-of-a-brief", "../../etc/passwd"]
    found = page_names(names)
    assert found["rain"] == "rain"
    assert len(set(found.values())) == len(names)
    for name in found.values():
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)
        assert len(f"{name}-press.pdf") <= LONGEST
    assert not set(found.values()) & {"index", "index-2", "404", "con"}
    assert page_names([*names, "another"])["雨"] == found["雨"]


def test_the_buttons_say_what_a_file_is_and_how_large(site):
    page = (site / "rain.html").read_text("utf-8")
    size = round((site / "rain.docx").stat().st_size / 1000)
    detail = ' <span class="detail">'
    assert f'href="rain.docx" download><span>Word (.docx)</span>{detail}{size}' in page
    assert re.search(f'href="rain.pdf" download><span>PDF</span>{detail}1 page, \\d+', page)
    digest = hashlib.sha256((site / "rain.docx").read_bytes()).hexdigest()
    assert digest in page


def test_what_a_button_says_is_in_the_language_of_its_page(site):
    page = (site / "rain-ar.html").read_text("utf-8")
    assert re.search('href="rain-ar.pdf".*>صفحة واحدة، [0-9]+', page)


def test_the_manifest_lists_each_file_with_its_hash_and_numbers(site):
    files = json.loads((site / "manifest.json").read_text())["files"]
    own = {path.name for path in site.iterdir() if path.is_file() and path.name[0] != "."}
    assert files.keys() == own - {"manifest.json"}
    for name, record in files.items():
        assert hashlib.sha256((site / name).read_bytes()).hexdigest() == record["sha256"]
    for name in ("rain.html", "rain.docx", "rain.pdf"):
        numbers = [(n["anchor"], n["number"]) for n in files[name]["printed"]["numbers"]]
        assert ("ref-smith2021", "1") in numbers, name


def test_verify_covers_the_pages_of_the_site(folder, site, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(["verify"]) == 0
    said = capsys.readouterr().out
    assert "build/site/rain.html: as built" in said
    assert "build/site/rain.ed2.html: as built" in said
    page = site / "rain.html"
    content = page.read_bytes()
    try:
        page.write_bytes(content.replace(b">[2, pp", b">[3, pp", 1))
        assert main(["verify", str(page)]) == 1
    finally:
        page.write_bytes(content)


def test_a_site_that_is_up_to_date_is_left_alone_and_changes_are_written(folder, site):
    before = {path: path.stat().st_mtime_ns for path in site.iterdir() if path.is_file()}
    again = build_site(load_project(start=folder))
    assert (again.written, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    brief = folder / "briefs/rain.md"
    try:
        brief.write_text(FIRST.replace("Rain falls", "Hail falls"))
        build_site(load_project(start=folder))
        changed = {path.name for path in before if path.stat().st_mtime_ns != before[path]}
        assert {"rain.html", "rain.docx", "index.html", "evil-b.html"} <= changed  # links to it
        assert "rain-ar.docx" not in changed
    finally:
        brief.write_text(FIRST)
        build_site(load_project(start=folder))


def test_a_brief_with_errors_keeps_its_page_and_a_removed_one_leaves_nothing(folder, site):
    brief = folder / "briefs/rain-ar.md"
    page = (site / "rain-ar.html").read_bytes()
    try:
        brief.write_text(SECOND.replace("@lee2019", "@nobody"))
        found = build_site(load_project(start=folder))
        assert found.kept == ("rain-ar",)
        assert (site / "rain-ar.html").read_bytes() == page
        assert "rain-ar.html" in (site / "index.html").read_text("utf-8")
        brief.unlink()
        (site / "CNAME").write_text("briefs.example.org")  # what somebody else put there
        build_site(load_project(start=folder))
        assert not [path for path in site.rglob("*") if "rain-ar" in path.name]
        assert (site / "CNAME").exists()
        for path in site.glob("*.html"):
            assert "rain-ar" not in path.read_text("utf-8"), path.name
        assert "rain-ar" not in (site / "manifest.json").read_text("utf-8")
    finally:
        brief.write_text(SECOND)
        build_site(load_project(start=folder))


def test_a_page_that_fails_its_proof_is_not_published(folder, site, monkeypatch):
    from pipeline.site import making
    from pipeline.writers.html import write_html

    def wrong(*arguments):
        return write_html(*arguments).replace(b">[2, pp", b">[3, pp")

    monkeypatch.setattr(making, "write_html", wrong)
    page = site / "rain.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")  # so that it is written again
    try:
        found = build_site(load_project(start=folder))
        assert found.kept == ("rain",)
        assert any(d.code == "number-mismatch" for d in found.diagnostics)
        assert page.read_bytes() == content + b" "
    finally:
        page.write_bytes(content)


# What pages say ----------------------------------------------------------------------------------


def test_nothing_comes_from_elsewhere_and_only_the_sites_scripts_run(site):
    for path in site.glob("*.html"):
        page = Reading(path)
        [policy] = [
            a["content"]
            for a in page.all("meta")
            if "http-equiv" in a and ";" in a["content"] and "default" in a["content"]
        ]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert "script-src 'unsafe" not in policy
        for script in page.all("script"):
            assert script.get("type") == "application/ld+json" or re.fullmatch(
                r"(reading|index)-[0-9a-f]{8}\.js", script["src"]
            )
        for image in page.all("img"):
            assert image["src"].startswith("data:image/")
        assert not [a for _, attrs in page.elements for a in attrs if a.startswith("on")]


def test_a_page_says_what_it_is_to_search_engines_and_reference_managers(site):
    page = Reading(site / "rain.html")
    address = "https://briefs.example.org/sub/"
    graph = page.graph()
    report = graph["Report"]
    assert report["name"] == report["headline"] == "Rain falls on roofs"
    assert (report["datePublished"], report["inLanguage"]) == ("2026-01-28", "en-GB")
    assert report["url"] == f"{address}rain.html"
    assert report["author"][0]["name"] == "Ann Lee"
    assert {work["name"] for work in report["citation"]} == {"Rain on roofs", EVIL}
    assert report["citation"][1]["url"] == "https://doi.org/10.1000/182"
    assert report["correction"][0]["datePublished"] == "2026-02-02"
    pdf = next(m for m in report["encoding"] if m["encodingFormat"] == "application/pdf")
    assert pdf["contentUrl"] == f"{address}rain.pdf"
    review = graph["ClaimReview"]
    assert review["claimReviewed"] == "It never rains"
    assert review["reviewRating"]["alternateName"] == "False"
    assert review["url"] == f"{address}rain.html"
    assert "ClaimReview" not in Reading(site / "rain-ar.html").graph()
    said = metas(page)
    assert said["citation_title"] == ["Rain falls on roofs"]
    assert said["citation_author"] == ["Ann Lee"]
    assert said["citation_publication_date"] == ["2026/01/28"]
    assert said["citation_pdf_url"] == [f"{address}rain.pdf"]
    assert said["og:title"] == ["Rain falls on roofs"]
    links = {(a["rel"], a.get("hreflang", "")): a["href"] for a in page.all("link")}
    assert links["canonical", ""] == f"{address}rain.html"
    assert links["alternate", "ar"] == f"{address}rain-ar.html"


REQUIRED = {  # by schema.org, and by what search engines want of these types
    "Report": ("url", "headline", "author", "datePublished", "publisher", "inLanguage"),
    "ClaimReview": ("url", "claimReviewed", "reviewRating", "author", "datePublished"),
    "CorrectionComment": ("text", "datePublished"),
    "MediaObject": ("contentUrl", "encodingFormat", "contentSize"),
    "CreativeWork": ("name",),
    "Rating": ("alternateName",),
    "Claim": ("author",),
    "Person": ("name",),
    "Organization": ("name",),
}


def things(value):
    """Yield each object of JSON-LD, and those in it."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from things(inner)


def split_name(name):
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given}


def from_tags(page):
    """Return what a reference manager takes from the tags of a page, as CSL-JSON."""
    said = metas(page)
    [title], [day] = said["citation_title"], said["citation_publication_date"]
    [institution], [lang] = said["citation_technical_report_institution"], said["citation_language"]
    return {
        "type": "report",
        "title": title,
        "author": [split_name(name) for name in said["citation_author"]],
        "issued": {"date-parts": [[int(part) for part in day.split("/")]]},
        "publisher": institution,
        "language": lang,
        "URL": said["citation_abstract_html_url"][0],
    }


def from_linked_data(report):
    day = report["datePublished"]
    return {
        "type": report["@type"].lower(),
        "title": report["headline"],
        "author": [split_name(author["name"]) for author in report["author"]],
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]},
        "publisher": report["publisher"]["name"],
        "language": report["inLanguage"],
        "URL": report["url"],
    }


def test_all_that_a_page_says_of_itself_is_the_same_citation(site):
    """Tags, linked data and the CSL-JSON on the page; each type has the properties it must have."""
    page = Reading(site / "rain.html")
    text = re.findall(r"<pre>(.*?)</pre>", (site / "rain.html").read_text("utf-8"), re.DOTALL)[1]
    [item] = json.loads(html.unescape(text))
    shown = {name: item[name] for name in from_tags(page)}
    assert from_tags(page) == shown == from_linked_data(page.graph()["Report"])
    found = [thing for thing in things(list(page.graph().values())) if "@type" in thing]
    assert {thing["@type"] for thing in found} == REQUIRED.keys()
    for thing in found:
        assert not [name for name in REQUIRED[thing["@type"]] if not thing.get(name)], thing
        for name in ("url", "contentUrl", "license"):
            assert not isinstance(thing.get(name), str) or thing[name].startswith("https://"), thing


def test_how_to_cite_a_brief_is_read_by_the_programs_that_it_is_for(site):
    from pipeline.readers.bibtex import read_bibtex

    page = (site / "evil-b.html").read_text("utf-8")
    bibtex, csl_json = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    bibtex, csl_json = html.unescape(bibtex), html.unescape(csl_json)
    [item] = json.loads(csl_json)
    assert item["type"] == "report"
    library, _ = read_bibtex(((bibtex.encode(), "cite.bib"),))
    assert library["evil-b"].title == EVIL == item["title"]


def test_former_names_lead_to_the_page(site):
    page = Reading(site / "old-rain.html")
    assert "0; url=rain.html" in [a["content"] for a in page.all("meta") if "http-equiv" in a]
    assert "rain.html" in [a["href"] for a in page.all("a")]


def test_a_replaced_brief_says_so(site):
    assert 'href="evil-b.html"' in (site / "rain.html").read_text("utf-8")
    assert json.loads((site / "briefs.json").read_text("utf-8"))["briefs"][0]["replaced_by"]


def editions(folder):
    """Return what the page of a brief lists of its releases, line by line, and what was found."""
    found = build_site(load_project(start=folder))
    page = (folder / "build/site/rain.html").read_text("utf-8")
    listed = page.partition("<h2>Editions</h2>")[2].partition("</ul>")[0]
    words = (" ".join(re.sub("<[^>]*>", " ", item).split()) for item in listed.split("</li>"))
    return [line.replace(" :", ":") for line in words if line], found.diagnostics


def test_a_page_lists_the_releases_and_what_they_changed(folder, site):
    """Each has a page that shows it, and is found by no search, unless it was withdrawn."""
    changes = "Changes since the previous edition"
    first, second = "Edition 1 · 28 January 2026", "Edition 2 · 30 January 2026"
    change = f"{changes}: 1 sentence and 1 line of the title block changed"
    assert editions(folder)[0] == [f"{second} · superseded {change}", f"{first} · superseded"]
    page = (site / "rain.ed2.html").read_text("utf-8")
    assert "<ins>most</ins>" in page
    assert 'There is a newer brief: <a href="rain.html">' in page
    if search.has_pagefind():
        fragments = list((site / "pagefind/fragment").iterdir())
        assert max(path.stat().st_size for path in fragments) < 2000, "no pictures"
        assert len(fragments) == len(
            [p for p in site.glob("*.html") if "og:title" in p.read_text()]
        )
    try:
        third = release(folder, "3", FIRST, "2026-02-01")
        now, last = editions(folder)[0], "Edition 3 · 1 February 2026"
        assert now[0] == f"{last} {changes}: 1 line of the title block changed"
        assert "There is a newer brief: <a" not in (site / "rain.ed3.html").read_text("utf-8")
        release(folder, "2", *RELEASED["2"], withdrawn=True)
        now = editions(folder)[0]
        assert now == [f"{last} {change}", f"{second} · withdrawn", f"{first} · superseded"]
        assert not (site / "rain.ed2.html").exists()
        (third / "references.bib").unlink()
        now, said = editions(folder)
        assert now == [last, f"{second} · withdrawn", f"{first} · superseded"]
        assert [d.code for d in said if d.code != "taken-alias"] == ["no-redline"]
    finally:
        shutil.rmtree(folder / "briefs/rain/releases/3")
        release(folder, "2", *RELEASED["2"])
        build_site(load_project(start=folder))


def test_a_former_name_that_no_file_can_have_is_said(tmp_path):
    (tmp_path / "briefs").mkdir()
    text = "---\ntitle: A\nlang: en-GB\naliases: [aux, list, old]\n---\n\nText.\n"
    (tmp_path / "briefs/a.md").write_text(text, "utf-8")

    found = build_site(load_project([tmp_path / "briefs/a.md"], out=tmp_path / "build"))

    said = [d.message for d in found.diagnostics if d.code == "taken-alias"]
    assert said == [
        f"no page can have the alias `{n}`: it is taken, or no file name" for n in ("aux", "list")
    ]
    assert (found.folder / "old.html").is_file()
    assert not (found.folder / "aux.html").exists()


@pytest.mark.parametrize("why", ["the last brief is gone", "there is no Pagefind"])
@pytest.mark.skipif(not search.has_pagefind(), reason="not installed: pagefind")
def test_a_search_that_is_not_offered_any_more_leaves_no_words(tmp_path, monkeypatch, why):
    (tmp_path / "briefs").mkdir()
    brief = tmp_path / "briefs/a.md"
    brief.write_text("---\ntitle: A\nlang: en-GB\n---\n\nWithdrawn words.\n")
    index = build_site(load_project(start=tmp_path)).folder / search.FOLDER
    assert index.is_dir()
    if why == "there is no Pagefind":
        monkeypatch.setattr("pipeline.site.has_pagefind", lambda: False)
    else:
        brief.unlink()

    assert not build_site(load_project(start=tmp_path)).has_search

    assert not index.exists()


def test_a_site_without_a_page_needs_no_search(tmp_path, capsys):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/a.md").write_text("---\ntitle: A\nlang: en-GB\ndraft: true\n---\n\nText.\n")

    assert main(["site", str(tmp_path / "briefs/a.md"), "--out", str(tmp_path / "build")]) == 0
    assert "search" not in "".join(capsys.readouterr())


@needs("Ghostscript")
def test_the_edition_for_print_shops_is_offered_while_it_is_of_this_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    brief = tmp_path / "briefs/a.md"
    brief.write_text("---\ntitle: A\nlang: en-GB\n---\n\nRain.\n")
    assert main(["press", "briefs/a.md"]) == 0
    site = build_site(load_project(start=tmp_path)).folder
    assert (site / "a-press.pdf").read_bytes() == (tmp_path / "build/a.press.pdf").read_bytes()
    page = (site / "a.html").read_text("utf-8")
    assert 'href="a-press.pdf" download><span>PDF for printing</span>' in page
    brief.write_text(brief.read_text().replace("Rain", "Snow"))
    build_site(load_project(start=tmp_path))
    assert not (site / "a-press.pdf").exists()
    assert "a-press.pdf" not in (site / "a.html").read_text("utf-8")


def relations(**fronts):
    """Return the relations of briefs whose front matter has these values."""
    numbered = rich()

    def named(name, values):
        front = replace(numbered.brief.front, **values)
        return replace(numbered, brief=replace(numbered.brief, name=name, front=front))

    return relations_of([named(name, values) for name, values in fronts.items()])


def test_the_newest_brief_of_a_chain_is_named_and_a_circle_has_none():
    found = relations(a={}, b={"supersedes": ("a", "gone")}, c={"supersedes": ("b",)})
    assert [found[name].newer for name in "abc"] == ["c", "c", ""]
    assert found["c"].older == ("b", "a")
    circle = relations(a={"supersedes": ("b",)}, b={"supersedes": ("a",)})
    assert [circle[name].newer for name in "ab"] == ["", ""]


def test_translations_know_each_other_whichever_was_first():
    found = relations(
        en={"lang": "en"},
        fr={"lang": "fr", "translation_of": "en"},
        de={"lang": "de", "translation_of": "fr"},
        ja={"lang": "ja", "translation_of": "gone"},
    )
    assert found["en"].translations == ("de", "fr")
    assert found["de"].translations == ("en", "fr")
    assert found["ja"].translations == ()
    assert set(found["ja"].related) == {"en", "fr", "de"}, "all cite the same"
    assert found["en"].related == ("ja",), "translations are named as such"


def test_feed_sitemap_and_list_name_every_page(site):
    feed = ElementTree.parse(site / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [e.find(f"{atom}title").text for e in entries] == [
        "Rain falls on roofs",
        "الأمطار",
        EVIL,
    ]
    assert all(feed.find(f"{atom}{name}") is not None for name in ("id", "title", "updated"))
    places = [e.text for e in ElementTree.parse(site / "sitemap.xml").iter() if e.tag[-3:] == "loc"]
    listed = json.loads((site / "briefs.json").read_text("utf-8"))["briefs"]
    assert {f"https://briefs.example.org/sub/{b['page']}" for b in listed} <= set(places)


def test_the_index_lists_a_hundred_briefs_a_page():
    from pipeline.site.entries import Entry
    from pipeline.site.looks import load_looks
    from pipeline.site.pages import Pages

    project = load_project([], start=ROOT)
    pages = Pages(project, load_looks(project.house_folder), True)
    words = "A summary of two hundred and eighty characters. " * 6
    entries = [
        Entry(f"b{n}", f"b{n}.html", f"Brief {n}", "en-GB", summary=words[:280], date="2026-01-01")
        for n in range(250)
    ]
    found = dict(pages.index(entries))
    assert list(found) == ["index.html", "index-2.html", "index-3.html"]
    assert found["index-2.html"].count(b"<h2>") == 100
    assert b'rel="next" href="index-3.html"' in found["index-2.html"]
    assert max(map(len, found.values())) < 150_000


def test_without_pagefind_there_is_no_search_and_without_briefs_there_is_no_form():
    from pipeline.site.entries import Entry
    from pipeline.site.looks import load_looks
    from pipeline.site.pages import Pages

    project = load_project([], start=ROOT)
    pages = Pages(project, load_looks(project.house_folder), False)
    [(_, index)] = pages.index([Entry("rain", "rain.html", "Rain", "en-GB")])
    assert b'type="search"' not in index
    assert b'name="topic"' in index
    [(_, index)] = pages.index([])
    assert b"Briefs found: 0" in index
    assert b"<form" not in index
    assert b"<script" not in index


def pages_in_all_languages(folder):
    """Yield the page of a small brief in each language that is offered."""
    from pipeline.site.entries import File, entry_of
    from pipeline.site.looks import load_looks
    from pipeline.site.pages import Pages
    from pipeline.writers.html import write_html

    (folder / "briefs").mkdir()
    shutil.copy(ROOT / "briefs/congestion/charge.png", folder / "briefs/roof.png")
    for lang in WORDS:
        text, books = sample(lang)
        header = f"---\nbibliography: {lang}.bib\n"
        (folder / f"briefs/{lang}.md").write_text(text.replace("---\n", header, 1), "utf-8")
        (folder / f"briefs/{lang}.bib").write_text(books, "utf-8")
    project = load_project(start=folder)
    pages = Pages(project, load_looks(project.house_folder), True)
    numbered = [brief.numbered for brief in project.briefs]
    relations = relations_of(numbered)
    files = (File("a.docx", "docx", 1000, "0"), File("a.md", "md", 1000, "0"))
    entries = {b.brief.name: entry_of(b.brief, f"{b.brief.name}.html", files, "") for b in numbered}
    for each in numbered:
        name = each.brief.name
        added = pages.around(each, entries[name], relations[name], entries)
        yield f"{name}.html", write_html(each, project.styles, added)


@needs("Node")
@pytest.mark.skipif(not (ROOT / "node_modules/html-validate").exists(), reason="html-validate")
def test_every_page_is_valid_html(site, tmp_path):
    for name, content in pages_in_all_languages(tmp_path):
        (tmp_path / name).write_bytes(content)
    paths = [str(path) for path in (*site.glob("*.html"), *tmp_path.glob("*.html"))]
    assert len(paths) >= len(WORDS) + 8
    run = subprocess.run(
        ["node", Path(__file__).with_name("html_judge.mjs"), *paths],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert {path: said for path, said in json.loads(run.stdout).items() if said} == {}


def classes(*names):
    """Return the classes that style sheets name."""
    sheets = (re.sub(r"/\*.*?\*/", "", (ROOT / "styles" / name).read_text()) for name in names)
    return {name for sheet in sheets for name in re.findall(r"\.([a-z][\w-]*)", sheet)}


def test_the_style_sheet_of_the_site_changes_nothing_of_the_page_but_what_it_means_to():
    meant = {"contents", "detail", "facts", "title-block"}
    assert classes("site/site.css") & classes("base.css", "screen.css") == meant


# In a browser ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    from tools.needs import chrome

    expect.set_options(timeout=30_000)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(built):
    """The address of the site on a server, in a folder of its own."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=built.folder.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    page.alerts, page.requests = [], []
    page.on("dialog", lambda dialog: (page.alerts.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: page.requests.append(request.url))
    page.set_default_timeout(30_000)
    yield page
    page.close()


in_browser = needs("Chromium")


@in_browser
def test_a_reader_finds_a_brief_reads_a_reference_and_downloads_the_file(page, served, site):
    from playwright.sync_api import expect

    page.goto(served)
    if search.has_pagefind():
        words = page.get_by_role("searchbox")
        words.fill("bergen")
        expect(page.locator("#briefs > li")).to_have_count(1)
        words.fill("نص")  # of a page in another language than the index
        expect(page.locator("#briefs")).to_contain_text("الأمطار")
        words.fill("smith")
        expect(page.locator("#briefs > li")).to_have_count(2)
        page.get_by_label("Year").select_option("2026")
        expect(page.locator("#briefs > li")).to_have_count(1)
        page.get_by_label("Year").select_option("")
        expect(page.locator("#briefs > li")).to_have_count(2)
        words.fill("")
        expect(page.locator("#briefs > li")).not_to_have_count(2)  # the list is made again
    page.get_by_label("Topics").select_option("rain")
    expect(page.locator("#briefs > li")).to_have_count(1)
    page.get_by_role("link", name="Rain falls on roofs").click()
    page.wait_for_url("**/rain.html")
    mark = page.locator(".mark").first
    mark.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    assert EVIL in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.count()
    assert page.evaluate("document.activeElement.className") == "mark"
    page.locator(".reference .back-references a").first.click()
    assert "#cite-" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (.docx)").click()
    assert Path(download.value.path()).read_bytes() == (site / "rain.docx").read_bytes()
    assert not page.alerts
    assert all(url.startswith((served, "data:", "blob:")) for url in page.requests)


def test_cells_of_a_table_are_words_of_their_own_in_excerpts(tmp_path):
    (tmp_path / "a.html").write_text("<table><tr><th>Town</th><td>Rain</td></tr></table>", "utf-8")

    with search.spaced(tmp_path) as pages:
        text = re.sub("<[^>]*>", "", (pages / "a.html").read_text("utf-8"))
    assert text.split() == ["Town", "Rain"]


@in_browser
@pytest.mark.skipif(not search.has_pagefind(), reason="not installed: pagefind")
def test_what_was_found_is_marked_sorted_and_has_an_address(page, served):
    from playwright.sync_api import expect

    page.goto(f"{served}?words=umbrellas")
    found, order = page.locator("#briefs > li"), page.get_by_label("Sort by")
    expect(found).to_have_count(2)
    expect(found.filter(has_text="Some day").locator("mark")).to_have_text("umbrellas.")
    expect(order).to_have_value("relevance")
    order.select_option("newest")
    expect(found.last).to_contain_text("Some day")  # though it has no date
    order.select_option("oldest")
    expect(found.first).to_contain_text("Some day")
    page.wait_for_url("**/?words=umbrellas&order=oldest")
    found.first.get_by_role("link").click()
    page.wait_for_url("**/fog.html")
    page.go_back()
    expect(found).to_have_count(2)
    expect(order).to_have_value("oldest")
    page.get_by_role("searchbox").fill("")
    expect(found).to_have_count(4)
    expect(order.locator("option")).to_have_count(3)
    page.get_by_role("searchbox").fill("交通量")  # in the middle of a sentence
    expect(found.locator("mark")).to_have_text("交通量")
    assert "課金は交通量を減らす" in found.inner_text()
    page.get_by_role("searchbox").fill("量交")
    expect(found).to_have_count(0)
    page.get_by_role("searchbox").fill("zyzzyva")
    expect(page.get_by_role("status")).to_have_text("Nothing was found.")
    expect(found).to_have_count(0)
    page.get_by_role("searchbox").fill("onerror")
    expect(found.locator("mark").first).to_contain_text("onerror")
    assert not page.alerts


@in_browser
def test_hostile_words_run_nothing_anywhere(page, served):
    from playwright.sync_api import expect

    for name in ("index.html", "evil-b.html", "rain.html"):
        page.goto(f"{served}{name}")
    page.locator(".mark").first.click()
    page.goto(served)
    page.get_by_label("Year").select_option("2025")
    expect(page.locator("#briefs > li")).to_have_count(1)
    assert EVIL in page.locator("#briefs").inner_text()
    assert not page.alerts


@in_browser
def test_pages_opened_as_files_filter_and_say_that_they_cannot_search(page, site):
    from playwright.sync_api import expect

    page.goto((site / "index.html").as_uri())
    page.get_by_label("Language").select_option("ar")
    expect(page.locator("#briefs > li")).to_have_count(1)
    if search.has_pagefind():
        page.get_by_role("searchbox").fill("rain")
        page.get_by_text("on a web server").wait_for()
    page.goto((site / "rain.html").as_uri())
    page.locator(".footnote-call").click()
    assert "A footnote" in page.get_by_role("dialog").inner_text()


STEP = """() => {
  const here = document.activeElement;
  (self.reached ??= new Set()).add(here);
  if (here === document.body) return "end";
  if (getComputedStyle(here).outlineStyle === "none") return `not seen: ${here.outerHTML}`;
  return here.matches("details:not([open]) > summary") ? "closed" : "";
}"""
LEFT = """() => [...document.querySelectorAll(
    "a[href], button, input, select, summary, [tabindex='0']")]
  .filter((each) => !self.reached.has(each) && each.checkVisibility())
  .map((each) => each.outerHTML)"""


@in_browser
@pytest.mark.parametrize("name", ["index", "rain", "rain.ed2", "rain-ar", "404"])
def test_everything_is_reached_and_seen_with_the_keyboard_alone(page, served, name):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}{name}.html")
    for _ in range(100):
        page.keyboard.press("Tab")
        said = page.evaluate(STEP)
        if said == "end":
            break
        if said == "closed":
            page.keyboard.press("Enter")
        else:
            assert not said
    assert page.evaluate(LEFT) == []


@in_browser
@pytest.mark.parametrize(
    ("width", "scheme", "forced"),
    [(320, "dark", "none"), (390, "light", "active"), (1280, "light", "none")],
    ids=["320-dark", "390-forced", "1280-light"],
)
def test_pages_fit_and_break_no_rule_of_accessibility(chromium, site, width, scheme, forced):
    axe = ROOT / "node_modules/axe-core/axe.min.js"
    if not axe.exists():
        pytest.skip("not installed: axe-core")
    context = chromium.new_context(
        bypass_csp=True,
        color_scheme=scheme,
        forced_colors=forced,
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    names = ("index", "rain", "rain.ed2", "rain-ar", "evil-b", "404")
    for name in (f"{stem}.html" for stem in names):
        page.goto((site / name).as_uri())
        if name == "rain.html":
            page.locator(".mark").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate(axe.read_text("utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
    context.close()


@in_browser
def test_everything_can_be_read_and_downloaded_without_scripts(chromium, served):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    assert not page.locator("#finder").is_visible()
    page.get_by_role("link", name="Rain falls on roofs").click()
    page.locator(".mark").first.click()
    assert page.url.endswith("#ref-smith2021")
    with page.expect_download():
        page.get_by_role("link", name="Word (.docx)").click()
    context.close()
