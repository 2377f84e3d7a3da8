"""Writing a page into a file, and opening it in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import MockintError

if TYPE_CHECKING:
    from pathlib import Path


def put_page(name: str, page: str, file: Path | None, *, open_it: bool) -> None:
    """Write a page to `file`, or under its name into the data folder, and say where it is. Raises StoreProblem."""
    from mockint.data_folder import PAGES_FOLDER
    from mockint.store.home import write_private_file

    path = (wiring.home() / PAGES_FOLDER / name if file is None else file).absolute()
    write_private_file(path, page.encode())
    click.echo(path)
    if open_it:
        _open(path)


def _open(path: Path) -> None:
    import webbrowser

    if not webbrowser.open(path.as_uri()):
        wiring.complain(MockintError("No browser could be opened.", f"Open the page yourself: {path}"))
