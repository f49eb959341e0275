"""``python -m langcov`` is ``langcov``."""

import sys

from langcov.cli import main

sys.exit(main())
