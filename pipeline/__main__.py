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
    for name in ("stdout", "stderr"):
        if not getattr(sys, name):  # the caller has closed it (`>&-`)
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
    from pipeline.cli import main

    status = main()  # it has flushed what was printed
    with suppress(OSError, ValueError):  # closed, if nobody reads any more
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
