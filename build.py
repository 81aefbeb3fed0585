"""`python build.py` is `pressfold build`."""

import sys

from pressfold.__main__ import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
