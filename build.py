"""`python build.py` is `pressfold build`."""

import sys

from pressfold.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
