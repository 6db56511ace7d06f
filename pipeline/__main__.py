"""python -m pipeline, and the command `brief`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def run() -> NoReturn:
    """Run one command and end the process.

    A process that lives for a blink makes little garbage, and has nothing to take down: to look
    for the one and to do the other costs a tenth of its time.
    """
    gc.set_threshold(200_000)
    _open_closed_streams()
    from .cli import main

    status = main()  # it has flushed what was printed
    with suppress(OSError, ValueError):  # closed, if nobody reads any more
        sys.stderr.flush()
    os._exit(status)


def _open_closed_streams() -> None:
    """Let what nobody reads (`>&-`) go nowhere, and let no file of ours have its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    run()
