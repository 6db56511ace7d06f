"""What is different in each language that briefs are written in; tables and text, no documents.

`terms` and `locators` are words, `dates` months and days, `numbers` digits, `tags` the names of
languages; `typography` sets the quotes, dashes and blanks of a brief.
"""
