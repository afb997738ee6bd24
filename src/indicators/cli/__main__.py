"""`python -m indicators.cli` is `indicators`."""

from indicators.cli import main

main()
