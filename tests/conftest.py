"""Options and fixtures that all tests share."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="rewrite expected outputs in place")


def pytest_configure(config):
    if config.getoption("--update") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--update writes files that examples share: run it without -n")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where all tools must be there (in CI), a test that skips for want of one has failed."""
    result = yield
    report = result.get_result()
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and os.environ.get("BRIEFWRIGHT_REQUIRE_ALL")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    """The same of a whole module."""
    result = yield
    report = result.get_result()
    if report.skipped and os.environ.get("BRIEFWRIGHT_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"


@pytest.fixture(scope="module")
def entries_are_titles():
    """Let pages print titles for entries: how an entry looks is the business of `csl`."""
    from pipeline import numbering

    def title(reference, *_):
        return reference.fields["title"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "format_entry", title)
        yield


@pytest.fixture
def update(request):
    """Say whether expected outputs are to be rewritten."""
    return request.config.getoption("--update")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of this repository's briefs in a folder of their own, made the current folder."""
    shutil.copytree(ROOT / "briefs", tmp_path / "briefs")
    shutil.copy(ROOT / "references.bib", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
