"""What differs from language to language.

In: a language tag, and a text, date or number. Out: words.

`files` reads what is known of each language, `languages/*.json`, into a `Language` (`values`); what
a file lacks is in `csl_locale`. `terms` and `locators` give words, `dates` months and days,
`numbers` digits, `tags` the names of languages; `typography` sets the quotation marks, dashes and
spaces of a brief. docs/languages.md tells how to add a language.
"""
