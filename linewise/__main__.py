"""``python -m linewise``."""

import sys

from linewise.cli import main

sys.exit(main())
