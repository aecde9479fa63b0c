"""`python -m rpa` is the command `assist-rpa`."""

from rpa.cli.main import main

main()
