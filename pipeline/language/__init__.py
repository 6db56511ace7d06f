"""What differs from language to language.

In: a language tag, and a text, date or number. Out: words.

`terms` and `locators` hold words, `dates` months and days, `numbers` digits, `tags` the names of
languages; `typography` sets the quotation marks, dashes and spaces of a brief.
"""
