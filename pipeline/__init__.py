"""Briefs in Markdown, with a BibTeX file, become PDF, Word and HTML with the same proved numbers.

How data flows, and the order of the modules:

    briefs/*.md ───┐                                             ┌─▶ html ─▶ pdf
                   ├─ readers ─▶ Brief ──┐                       ├─▶ docx        build/
    references.bib ┘             Library ┴─ number ─▶ NumberedBrief
                                     │                         verify: reads build/ back, and
                                    lint                       compares with the table of numbers

`project.load_project()` and `build.build()` are this line in code. Start reading there, then
`model/` (the tree) and `numbering.py` (the only place that counts).
"""
