"""Write a numbered brief as a web page.

In: a `NumberedBrief` and `Styles`. Out: one HTML file in UTF-8.

`web` holds what only the web page has. The other modules are shared with the print page
(`writers/pdf/print_page.py`). Every printed number is marked up so that `verify` finds it: see
`inlines._identity`.
"""

from __future__ import annotations

from .web import write_html

__all__ = ["write_html"]
