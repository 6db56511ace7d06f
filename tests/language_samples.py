"""A small brief in each language that is offered, with everything a brief has."""

from pathlib import Path

from pipeline.language.locators import locator_text

ROWS = (Path(__file__).parent / "data/languages.txt").read_text("utf-8").splitlines()
WORDS = {lang: words for lang, _, words in (row.partition("|") for row in ROWS)}
TEMPLATE = """\
---
title: {title}
lang: {lang}
checked-on: 2026-01-28
keywords: [{heading}]
---

::: summary
{summary} [@smith, {page}].
:::

## {heading} {{#sec-a}}

{sentence}: "{quoted}" [@smith; @local, {chapter}].[^n] {see} @sec-a, @fig-a, @tbl-a.

- {first} (12 %)
- **{second}**, *Latin*

![{picture}](roof.png){{#fig-a}}

| {column} | {other} |
|---|--:|
| {cell} | 12 |

: {table} {{#tbl-a}}

[^n]: {note} [@smith].
"""
BOOKS = """\
@article{{smith, author={{Smith, Ann}}, title={{Charges and "cities"}}, journal={{Roads}},
  volume={{4}},
  number={{2}}, pages={{12--19}}, year={{2020}}, month=mar, doi={{10.1000/x}}}}
@book{{local, author={{{author}}}, title={{{book}: "{quoted}"}}, publisher={{P}},
  address={{{cell}}}, edition={{2}}, year={{2019}}}}
"""
FIELDS = (
    *("title", "summary", "heading", "sentence", "quoted", "see", "first", "second", "picture"),
    *("column", "other", "cell", "table", "note", "author", "book"),
)


def sample(lang: str) -> tuple[str, str]:
    """Return a brief in a language, and its references."""
    words = dict(zip(FIELDS, WORDS[lang].split("|"), strict=True))
    page, chapter = locator_text("page", "4-5", lang), locator_text("chapter", "2", lang)
    return (
        TEMPLATE.format(lang=lang, page=page, chapter=chapter, **words),
        BOOKS.format(**words),
    )
