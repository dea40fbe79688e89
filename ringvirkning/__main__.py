"""`python -m ringvirkning ACTION …`, see `--help`."""

import sys

from ringvirkning.commands.main import main

sys.exit(main())
