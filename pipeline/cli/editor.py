"""The command of `brief` that editors start."""

from __future__ import annotations

from argparse import Namespace
from importlib.util import find_spec

from .terminal import own_version, refuse


def lsp(options: Namespace) -> int:
    if not find_spec("pygls"):
        return refuse("brief lsp: not installed; pip install 'briefwright[editor]'")
    from ..lsp.serving import serve

    serve(own_version())
    return 0
