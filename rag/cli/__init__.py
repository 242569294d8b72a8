"""The command line. Results go to stdout, progress and errors to stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from rag.cli.arguments import parser
from rag.errors import RagError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 on success, 1 on an error said on stderr.

    Wrong usage ends the process with code 2.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # of a character the terminal or file does not know
    top = parser()
    options = top.parse_args(arguments)
    if options.command == "ask" and options.batch and options.history:
        top.error("argument --history: not allowed with --batch, whose lines have histories of their own")

    if options.command == "compare" and not 2 <= len(options.subjects) <= 8:
        top.error("compare takes two to eight methods or papers; put a name of several words in quotes")

    try:
        # Imported only now, so that --help and wrong usage answer at once.
        from rag.cli import commands

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
