"""Parse what WeasyPrint declares of C libraries, for `pipeline.writers.pdf.lean_import`.

    .venv/bin/python -m tools.declarations

writes `pipeline/writers/pdf/declarations.py` again: after each change of WeasyPrint's version.
"""

from __future__ import annotations

import ast
import tempfile
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import cffi

FILE = Path(__file__).parents[1] / "pipeline/writers/pdf/declarations.py"
_HEAD = '''"""What WeasyPrint declares of C libraries, parsed: see `tools.declarations`."""

# The SHA-256 of what was parsed.
SOURCE = "{digest}"
'''


def declarations() -> str:
    """Return the module that has the declarations of the installed WeasyPrint."""
    source = _declared()
    parsed = cffi.FFI()
    parsed.cdef(source)
    parsed.set_source("declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.py"
        parsed.emit_python_code(str(path))
        code = path.read_text("utf-8").partition("\n")[2]
    return _HEAD.format(digest=sha256(source.encode("utf-8")).hexdigest()) + code


def _declared() -> str:
    """Return the C declarations: the text that WeasyPrint gives to cffi."""
    module = ast.parse((files("weasyprint") / "text/ffi.py").read_text("utf-8"))
    texts = [
        ast.literal_eval(node.args[0])
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ffi.cdef"
    ]
    (text,) = texts
    return str(text)


if __name__ == "__main__":
    FILE.write_text(declarations(), "utf-8")
