"""`python -m mockint` is `mockint`."""

from mockint.cli.main import main

main()
