"""`python -m rag.cli` is `rag`."""

import sys

from rag.cli import main

sys.exit(main())
