"""`python -m mockint` is `mockint`."""

from mockint.cli.main import run

run()
