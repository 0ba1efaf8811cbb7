"""`python -m clinicir` and the `clinicir` command."""

from __future__ import annotations

import sys

from clinicir.app import main

if __name__ == "__main__":
    sys.exit(main())
