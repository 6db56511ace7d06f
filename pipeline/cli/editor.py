"""The command of `brief` that editors start."""

from __future__ import annotations

from argparse import Namespace
from importlib.util import find_spec

from ..needs import how_to_add
from ..program import own_version
from .terminal import refuse


def lsp(options: Namespace) -> int:
    if not find_spec("pygls"):
        return refuse(f"brief lsp: not installed; to get it: {how_to_add('editor')}")
    from ..lsp.serving import serve

    serve(own_version())
    return 0
