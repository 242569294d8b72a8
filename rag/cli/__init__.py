"""The command line. Results go to stdout, progress and errors to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from rag.cli.arguments import parser
from rag.errors import RagError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 on success, 1 on an error said on stderr.

    Wrong usage ends the process with code 2.
    """
    options = parser().parse_args(arguments)
    # Imported only now, so that --help and wrong usage answer at once.
    from rag.cli import commands

    try:
        return commands.run(options)
    except RagError as error:
        sys.stderr.write(f"rag: {error}\n")
        return 1
    except BrokenPipeError:
        # The reader of a pipe left; what is still buffered for it must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("rag: stopped; what was finished is kept.\n")
        return 130
