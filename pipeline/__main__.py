"""python -m pipeline, and the command `brief`."""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn


def run() -> NoReturn:
    """Run one command and end the process.

    A short-lived process makes little garbage and has nothing to take down: looking for the one
    and doing the other costs a tenth of its time. A PDF of six pages is done before the first look.
    """
    gc.set_threshold(600_000)
    _prepare_streams()
    from .cli import main

    status = main()  # it has flushed what was printed
    with suppress(OSError, ValueError):  # closed, if nobody reads any more
        sys.stderr.flush()
    os._exit(status)


def _prepare_streams() -> None:
    """Open closed streams (`>&-`) on nothing, and print what an encoding lacks as `\\u2265`.

    Otherwise a file of ours would get the number of a closed stream, and a locale of 8 bits would
    end a command with a traceback.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    run()
