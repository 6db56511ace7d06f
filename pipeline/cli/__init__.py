"""The `brief` command. In: arguments. Out: files, messages and an exit code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

from ..diagnostics import reason_of
from .arguments import argument_parser
from .terminal import refuse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Return 0, or 1 if sources or outputs are wrong; argparse exits with 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = argument_parser(arguments).parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has gone, so nobody would see the rest.
        sys.stderr.close()
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return refuse(f"cannot print: {reason_of(error)}")
    except KeyboardInterrupt:
        return refuse("interrupted; no file is half-written", 130)
    return status
