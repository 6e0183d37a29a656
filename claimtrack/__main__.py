"""`python -m claimtrack` is the same as the `claimtrack` command."""

from claimtrack.cli import main

main()
