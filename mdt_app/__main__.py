"""`python -m mdt_app` is the `mdt` command."""

import sys

if sys.argv[1:2] == ["run"]:
    from mdt_app.cli_run import run_alone as main
else:
    from mdt_app.cli import main

main()
