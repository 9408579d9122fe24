"""`python -m mdt_app` is the `mdt` command."""

from mdt_app.cli import main

main()
