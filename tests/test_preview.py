"""The preview: the page of `make html`, again after every save, for this machine alone."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from installed import needs
from PIL import Image

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
BIB = "@book{smith2021, author = {Smith, Bo}, title = {Rain}, publisher = {Press}, year = 2021}\n"
TEXT = """\
---
title: Rain falls on roofs
lang: en-GB
---

## Umbrellas

It rained [@smith2021].

```{.chart #fig-rain}
type: bar
caption: Rain by town
alt: Two bars
data: rain.csv
```

![A roof](roof.png){#fig-roof}

"""
TEXT += "".join(
    f"## Section {n} {{#sec-{n}}}\n\n{'More words about rain. ' * 80}\n\n" for n in range(9)
)


def picture(colour):
    """Return a PNG of one colour."""
    file = BytesIO()
    Image.new("RGB", (40, 20), colour).save(file, "PNG")
    return file.getvalue()


def started(folder, *arguments):
    """Return a process that shows briefs, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "preview", "--no-browser", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    while "http" not in said:
        line = process.stdout.readline()
        assert line, "the preview has ended"
        said += line
    return process, re.search(r"http\S+", said)[0], said


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("preview")
    (root / "briefs").mkdir()
    (root / "references.bib").write_text(BIB)
    (root / "briefs/rain.md").write_text(TEXT)
    (root / "briefs/rain.csv").write_text("Town,mm\nBergen,2250\nOslo,763\n")
    (root / "briefs/roof.png").write_bytes(picture("red"))
    (root / "secret.txt").write_text("secret")
    return root


@pytest.fixture(scope="module")
def address(folder):
    process, address, _ = started(folder, "--port", "0")
    yield address
    assert ended(process)[0] == 0


def fetched(address, path, host=""):
    """Return the status and the content at a path, which is sent as it is."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers={"Host": host or parts.netloc})
        answer = connection.getresponse()
        return answer.status, answer.read()


def wait_until(holds):
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def ended(process):
    """Interrupt a preview; return its exit code and the rest of what it said."""
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def test_the_page_is_the_one_that_make_html_writes(folder, address):
    from pipeline.project import load_project
    from pipeline.writers.html import write_html

    base = urlsplit(address).path.rpartition("brief/")[0]
    status, content = fetched(address, f"{base}page/rain.html")
    project = load_project([folder / "briefs/rain.md"])
    assert status == 200
    assert content == write_html(project.briefs[0].numbered, project.styles)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "page/secret.txt",
            "page/..%2f..%2fsecret.txt",
            "files/..%2fpreview.html",
            "briefs/rain.md",
        ),
        *("files/../../base.css", "page/rain.md", "page/other.html", "brief/..%2f..%2fsecret"),
    ],
)
def test_nothing_outside_is_served(address, path):
    base = urlsplit(address).path.rpartition("brief/")[0]
    assert fetched(address, f"{base}{path}")[0] == 404


def test_a_file_asked_for_while_it_is_made_is_waited_for(folder, address):
    brief = folder / "briefs/rain.md"
    base = urlsplit(address).path.rpartition("brief/")[0]
    try:
        brief.write_text(TEXT.replace("It rained", "It snowed"))
        wait_until(lambda: b"It snowed" in fetched(address, f"{base}page/rain.html")[1])
        for kind in ("docx", "pdf"):
            status, content = fetched(address, f"{base}page/rain.{kind}")
            assert status == 200
            assert content == (folder / f"build/rain.{kind}").read_bytes()
        brief.write_text(TEXT.replace("[@smith2021]", "[@smith2012]"))
        wait_until(lambda: fetched(address, f"{base}page/rain.docx")[0] == 404)
    finally:
        brief.write_text(TEXT)


def test_only_who_knows_the_token_and_comes_by_a_local_name_is_answered(address):
    path = urlsplit(address).path
    assert fetched(address, path)[0] == 200
    port = urlsplit(address).port
    assert fetched(address, path, f"localhost:{port + 1}")[0] == 200  # SSH forwarding
    assert fetched(address, path, f"rebound.example:{port}")[0] == 404
    token = path.split("/")[1]
    assert len(token) >= 32
    for wrong in (
        "/",
        "/brief/rain",
        f"/{token}x/brief/rain",
        f"/{token[:-1]}/brief/rain",
        "/%C3%A9/brief/rain",
    ):
        assert fetched(address, wrong)[0] == 404


def test_a_port_that_is_taken_and_the_end(folder, address):
    port = urlsplit(address).port
    process, other, said = started(folder, "--port", str(port))
    assert urlsplit(other).port != port
    assert f"port {port} is taken" in said
    assert fetched(other, urlsplit(other).path)[0] == 200
    code, said = ended(process)
    assert code == 0
    assert "preview ended" in said


@pytest.mark.slow
@needs("Chromium")
def test_each_save_is_seen_and_errors_leave_the_page(folder, address):
    from playwright.sync_api import expect, sync_playwright

    from tools.needs import chrome

    expect.set_options(timeout=30_000)
    brief, bib = folder / "briefs/rain.md", folder / "references.bib"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=["--no-sandbox"])
        first, second = browser.new_page(), browser.new_page()
        for page in (first, second):
            page.goto(address)
        text, of_second = (
            page.frame_locator("iframe:not(.waiting)").locator("main") for page in (first, second)
        )
        expect(text).to_contain_text("Umbrellas")
        frame = "document.querySelector('iframe:not(.waiting)').contentWindow"
        first.evaluate(f"{frame}.scrollTo(0, 1500)")
        for count in range(6):
            new = TEXT.replace("Umbrellas", f"Coat {count}")
            if count % 2:
                brief.write_text(new)
            else:  # as many editors save
                (folder / "briefs/.rain.swp").write_text(new)
                os.replace(folder / "briefs/.rain.swp", brief)
            expect(text).to_contain_text(f"Coat {count}")
            expect(of_second).to_contain_text(f"Coat {count}")
        assert first.evaluate(f"{frame}.scrollY") == 1500

        brief.write_text(TEXT.replace("[@smith2021]", "[@smith2012]"))
        problems = first.locator("#problems")
        expect(problems).to_contain_text("rain.md:8:")
        expect(problems).to_contain_text("It rained [@smith2012].")
        expect(text).to_contain_text("Coat 5")
        brief.unlink()
        expect(problems).to_contain_text("there is no such file")
        brief.write_text(TEXT)
        expect(text).to_contain_text("Umbrellas")
        expect(problems).not_to_contain_text("error")
        shutil.move(folder / "briefs", folder / "elsewhere")
        expect(problems).to_contain_text("there is no such file")
        shutil.copytree(folder / "elsewhere", folder / "briefs")  # as another branch does
        expect(problems).not_to_contain_text("error")
        bib.write_text(BIB.replace("Rain", "Snow"))
        expect(text).to_contain_text("Snow")
        (folder / "briefs/rain.csv").write_text("Town,mm\nBergen,2250\nTromsø,1000\n")
        expect(text).to_contain_text("Tromsø")
        image = text.locator("#fig-roof img")
        before = image.get_attribute("src")
        os.replace(brief, folder / "briefs/hail.md")
        expect(problems).to_contain_text("there is no such file")
        os.replace(folder / "briefs/hail.md", brief)
        expect(problems).not_to_contain_text("error")
        (folder / "briefs/roof.png").write_bytes(b"broken")
        expect(problems).to_contain_text("roof.png")
        (folder / "briefs/roof.png").write_bytes(picture("blue"))
        expect(problems).not_to_contain_text("error")
        expect(image).not_to_have_attribute("src", before)

        word = first.locator("#docx")
        expect(word).to_contain_text("kB", timeout=60_000)
        with first.expect_download() as download:
            word.click()
        assert Path(download.value.path()).read_bytes() == (folder / "build/rain.docx").read_bytes()
        browser.close()


def test_a_brief_that_is_not_there_is_refused(project, capsys):
    assert main(["preview", "briefs/nope.md"]) == 1
    assert "briefs/nope.md: there is no such file" in capsys.readouterr().err


def test_of_several_briefs_all_are_listed_and_each_is_shown(tmp_path):
    (tmp_path / "briefs").mkdir()
    for name in ("rain", "snow & <b>"):
        (tmp_path / f"briefs/{name}.md").write_text(
            f"---\ntitle: The {name[:4]}\n---\n\nIt falls.\n"
        )
    process, address, _ = started(tmp_path, "--port", "0")
    try:
        path = urlsplit(address).path
        (tmp_path / "briefs/hail.md").write_text("---\ntitle: The hail\n---\n\nNew.\n")
        content = fetched(address, path)[1].decode()
        for link in ("brief/rain", "brief/snow%20%26%20%3Cb%3E", "brief/hail"):
            assert f'<a href="{link}">' in content
            assert fetched(address, path + link)[0] == 200
            shown = fetched(address, f"{path}{link.replace('brief/', 'page/')}.html")
            assert b"<title>The " in shown[1]
        assert "snow &amp; &lt;b&gt;</a>" in content
    finally:
        assert ended(process)[0] == 0
