"""What mockint writes into its data folder, its owner alone can read."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")


@pytest.fixture
def _careless() -> Iterator[None]:
    """A user whose files everybody can read, unless a program takes care."""
    before = os.umask(0o000)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_careless")
def test_everything_in_the_data_folder_is_private(home: Path, tmp_path: Path) -> None:
    """Folders and files, whichever command wrote them; exports too."""
    for words in (
        ["practice", "--samples", "always", "--engine", "none", "--json"],
        ["models", "use", "none"],
        ["review", "last", "--html", home / "pages" / "take-3.html"],
        ["data", "backup", tmp_path / "backup.zip"],
        ["data", "restore", tmp_path / "backup.zip", "--yes"],
        ["data", "import", tmp_path / "backup.zip"],
    ):
        assert run(*words).exit_code == 0, words
    written = [path for path in tmp_path.rglob("*") if path != tmp_path]
    assert {"config.yaml", "mockint.db", "take-3.html", "backup.zip", "recordings"} <= {path.name for path in written}
    expected = {path: 0o700 if path.is_dir() else 0o600 for path in written}
    assert {path: path.stat().st_mode & 0o777 for path in written} == expected


def test_doctor_says_so_where_others_can_look(home: Path) -> None:
    """With the command that mends it."""
    home.mkdir()
    home.chmod(0o755)
    line = next(line for line in run("doctor", "--json").objects if line["name"] == "data folder")
    assert (line["ok"], line["fix"]) == (False, f"chmod 700 '{home}'")
