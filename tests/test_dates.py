"""Months and dates, read and written in the languages of briefs."""

import datetime

import pytest

from pipeline.language.dates import find_day, long_date, month_number, months, read_day, worded
from pipeline.language.files import offered
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import read_markdown

DAYS = {
    "2026-01-28": (2026, 1, 28),
    "2026-01-28 10:30": (2026, 1, 28),
    "28 January 2026": (2026, 1, 28),
    "28th of January, 2026": (2026, 1, 28),
    "January 28, 2026": (2026, 1, 28),
    "Monday, 5 April 2021": (2021, 4, 5),
    "3rd Sept. 2020": (2020, 9, 3),
    "28 janvier 2026": (2026, 1, 28),
    "mercredi 28 janv. 2026": (2026, 1, 28),
    "1er février 2026": (2026, 2, 1),
    "1 fevrier 2026": (2026, 2, 1),
    "28. Jänner 2026": (2026, 1, 28),
    "3. März 2026": (2026, 3, 3),
    "3. Mrz. 2026": (2026, 3, 3),
    "28 de enero de 2026": (2026, 1, 28),
    "1.º de março de 2026": (2026, 3, 1),
    "1º gennaio 2026": (2026, 1, 1),
    "2026年1月28日": (2026, 1, 28),
    "2026 年 1 月 28 日（水）": (2026, 1, 28),
    "28 يناير 2026": (2026, 1, 28),
    "٢٨ يناير ٢٠٢٦": (2026, 1, 28),
    "28 januari 2026": (2026, 1, 28),
    "28 maj 2026": (2026, 5, 28),
    "January 2026": None,
    "2026": None,
    "03/04/2026": None,
    "31 June 2026": None,
    "28 jui 2026": None,  # June or July
    "28 Nivôse 2026": None,
}


@pytest.mark.parametrize(("text", "date"), DAYS.items(), ids=list(DAYS))
def test_a_day_is_read_as_people_write_it(text, date):
    assert read_day(text) == (datetime.date(*date) if date else None)


@pytest.mark.parametrize("lang", [*offered(), "en-US", "de-AT"])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_that_is_written_is_read_again(lang, month):
    day = datetime.date(2026, month, 1)

    assert read_day(long_date(day, lang)) == day


@pytest.mark.parametrize("lang", offered())
def test_front_matter_and_bibtex_read_the_same_days(lang):
    words = long_date(datetime.date(2026, 1, 28), lang)

    brief, found = read_markdown(f"---\nlang: {lang}\ntitle: T\ndate: {words}\n---\nText.", "t.md")
    library, _ = read_bibtex([(f"@book{{k, title={{A}}, date={{{words}}}}}".encode(), "t.bib")])

    assert (brief.front.date, found) == (datetime.date(2026, 1, 28), [])
    assert library["k"].dates["issued"].parts == ((2026, 1, 28),)


@pytest.mark.parametrize("lang", offered())
def test_a_month_is_known_by_its_name_in_capitals_too(lang):
    assert [month_number(name.upper()) for name in months(lang)] == list(range(1, 13))


@pytest.mark.parametrize("word", ["", "ja", "jui", "Maybe", "Marsh", "13月"])
def test_what_names_no_month_or_two_is_none(word):
    assert month_number(word) == 0


def test_a_day_is_found_in_a_sentence():
    assert find_day("on Monday, 15 March 2026, and on 2026-04-01") == datetime.date(2026, 3, 15)
    assert find_day("2026-04-01 or 15 March 2026 at the latest") == datetime.date(2026, 4, 1)
    assert find_day("in spring") is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en-GB", "1 August 2026"),
        ("en-US", "August 1, 2026"),
        ("fr", "1er août 2026"),
        ("de-AT", "1. August 2026"),
        ("es", "1 de agosto de 2026"),
        ("ja", "2026年8月1日"),
        ("zh-TW", "2026年8月1日"),
        ("ar", "1 أغسطس 2026"),
        ("nl", "1 augustus 2026"),
        ("pl", "1 sierpnia 2026"),
        ("fi", "1. elokuuta 2026"),
        ("vi", "ngày 1 tháng 8 năm 2026"),
        ("it", "1 agosto 2026"),
        ("pt-BR", "1º de agosto de 2026"),
        ("pt-PT", "1 de agosto de 2026"),
        ("hu", "2026. augusztus 1."),
        ("sw", "1 August 2026"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(lang, words):
    assert long_date(datetime.date(2026, 8, 1), lang) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-08-01", "1. August 2025"),
        ("1 August 2025", "1. August 2025"),
        ("2025-08", "August 2025"),
        ("2025", "2025"),
        ("im Sommer 2025", "im Sommer 2025"),
        ("", ""),
    ],
)
def test_a_date_as_typed_is_put_in_words(text, words):
    assert worded(text, "de") == words


@pytest.mark.parametrize("text", ["28.1.2026", "28.01.2026", "28. 1. 2026"])
def test_with_dots_the_day_is_first(text):
    assert read_day(text) == datetime.date(2026, 1, 28)
    assert read_day(text.replace("1", "13")) is None
