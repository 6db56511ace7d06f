"""Write the guides anew, and name those that have changed."""

from __future__ import annotations

from . import GUIDES, guide

for path in sorted(GUIDES.glob("*.md")):
    text = guide(path)
    if path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
        print(f"wrote docs/{path.name}")
