"""Show briefs in the browser while they are written.

In: a request of the command line. Out: a server on this machine alone, until it is interrupted. One
process stays warm: it reads a brief again when anything in the project changes, and the page that
`make html` would write is in the browser at once. The PDF and the Word file follow: a second warm
process makes and proves them, and a newer change interrupts it.
"""

from __future__ import annotations

from .request import Request
from .serving import serve

__all__ = ["Request", "serve"]
