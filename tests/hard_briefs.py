"""Briefs that are hard to tag: whatever can stand in something else, or go on over a page."""

HEAD = "---\ntitle: {title}\nlang: en-GB\nchecked-on: 2026-01-01\n---\n\n"
PROSE = (
    "The cabinet approved the well-known procurement framework after a review that compared "
    "contracts, shipping distances and the internationalisation of infrastructure. "
)
NESTED = """\
## One

> Quote
>
> - a
> - b
>   1. x
>   2. y
>
> | A | B |
> |---|---|
> | 1 | 2 |
>
> ```
> code
>   more
> ```

- item

  | A | B |
  |---|---|
  | 1 | |

  > quote in an item

- [ ] task
- [x] done

Term *one*
: Meaning one
: Meaning two

  with a paragraph

Term two
: - list
  - in a meaning

***

A hard\\
break, ~~struck~~ `code  here`, H~2~O and x^2^.

::: callout
Aside.
:::

::: figures
- **12 %** less rain
- **3** towns
:::

::: {.aside title="Beside"}
A note.
:::

::: pull-quote
It rains.
:::

| A | B |
|---|---|
| 1 | 2 |

: Rain {#tbl-texts subtitle="In mm" source="Source: us." notes="Note: rounded."}

::: follow-ups
- What then?
:::
"""
PLACES = ("heading", "prose", "item", "head", "cell", "table", "figure", "term", "meaning", "quote")
NOTES = """\
## Heading[^heading] of it

Prose[^prose] and lists[^list] and prose again[^prose].

- item[^item]

| A[^head] | B |
|---|---|
| x[^cell] | y |

: Table[^table] {#tbl-n}

![Figure[^figure]](roof.png){#fig-n alt="A roof"}

Term[^term]
: Meaning[^meaning]

> Quote[^quote]

[^list]: First.

    - one
    - two

    Last.

""" + "".join(f"[^{name}]: Note on *{name}* [@lee2019].\n\n" for name in PLACES)
ROWS = (
    "## Rows\n\n| A [@lee2019; @who2020] | [B *b*](https://example.org) | C |\n|---|--:|:-:|\n"
    + "".join(
        f"| {i} {'words in a cell ' * (i % 7)} | {i} | {'x' * (i % 2)} |\n" for i in range(60)
    )
    + "\n: Sixty rows {#tbl-rows}\n"
)
LINKS = "## Links\n\n" + "".join(
    f"{PROSE}See <https://example.org/{'part-' * n}end?a={n}> and [words {'over ' * n}lines]"
    f"(https://example.org/{n}), [**bold** and `code`](https://example.org).\n\n"
    for n in range(1, 12)
)
PICTURES = """\
## Pictures

[![A roof](roof.png)](https://example.org)

Text [![A roof](roof.png) and words](https://example.org) and ![A roof](roof.png){width=2cm} so.

Inline $x^2$, and

$$\\sum_{i=1}^n x_i = 3$$ {#eq-sum}

```{.chart #fig-bars type=bar alt="Bars"}
caption: Bars [@lee2019]
source: Us

A,B
x,2
y,3
```

```{.chart #fig-pie type=pie alt="Pie"}
caption: Pie

A,B
x,2
y,3
```

See @eq-sum, @fig-bars and @fig-pie.
"""
SIGNS = """\
## Signs

Emoji \N{GRINNING FACE}, a zero\N{ZERO WIDTH SPACE}width space, a soft\N{SOFT HYPHEN}hyphen, \
\N{LATIN SMALL LIGATURE FI}, ffi office, e\N{COMBINING ACUTE ACCENT}, 水, ไทย, हिन्दी, עברית, \
العربية, \N{REPLACEMENT CHARACTER}, \N{BALLOT BOX WITH CHECK}, \U00010fff and \ue000.

[Bonjour le monde]{lang=fr}, [日本語]{lang=ja} and [مرحبا]{lang=ar}.
"""
LONG = "::: summary\n" + PROSE * 4 + "[@lee2019; @smith2021]\n:::\n\n" + "".join(
    f"## Section {i} of it {{#sec-{i}}}\n\n{PROSE * 8}[@lee2019, p. {i}; @who2020] See "
    f"@sec-{max(i - 1, 1)}.[^n{i}]\n\n### Below [{i}](https://example.org) and *@sec-1*\n\n"
    f"{PROSE * 6}\n\n- {PROSE * 2}\n"
    f"  - {PROSE}\n\n[^n{i}]: {PROSE * 2}\n\n"
    for i in range(1, 9)
)  # fmt: skip
HARD = {
    title: HEAD.format(title=title.title()) + text
    for title, text in {
        "nested": NESTED,
        "notes": NOTES,
        "rows": ROWS,
        "links": LINKS,
        "pictures": PICTURES,
        "signs": SIGNS,
        "long": LONG,
    }.items()
}
