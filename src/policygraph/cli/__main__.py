"""Run the command line as a module: ``python -m policygraph.cli``."""

import sys

from policygraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
