"""One folder holds everything, and only its owner looks into it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from mockint.errors import StoreProblem
from mockint.store.home import data_home
from mockint.store.takes import Store


def test_variable_names_the_home(tmp_path: Path) -> None:
    """MOCKINT_HOME moves all data."""
    assert data_home({"MOCKINT_HOME": str(tmp_path)}) == tmp_path


def test_tilde_is_the_users_folder() -> None:
    """A home that was set without a shell may begin with a tilde."""
    assert data_home({"MOCKINT_HOME": "~/practice"}) == Path.home() / "practice"


def test_without_variable_the_platform_decides() -> None:
    """Without MOCKINT_HOME, data is where the platform keeps a user's data; an empty variable is none."""
    expected = platformdirs.user_data_path("mockint", appauthor=False)
    assert (expected, expected) == (data_home({}), data_home({"MOCKINT_HOME": ""}))


def test_home_is_private(tmp_path: Path) -> None:
    """What a store creates, its owner alone can read."""
    home = tmp_path / "new" / "home"
    with Store(home) as store:
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home.parent, home, *home.iterdir())}
        assert store.home == home
    assert modes == {
        "new": 0o700,
        "home": 0o700,
        "mockint.db": 0o600,
        "mockint.db-wal": 0o600,
        "mockint.db-shm": 0o600,
    }


def test_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    """A folder that someone else made is used as it is."""
    tmp_path.chmod(0o755)
    Store(tmp_path).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file is in the way, the sentence names the folder and the hint names the variable."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreProblem, match=r"data folder .*home cannot be used") as caught:
        Store(in_the_way / "home")
    assert caught.value.hint == "Set MOCKINT_HOME to a folder that you may write to."


def test_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    """A file is no home, and stays as it is."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreProblem, match="it is a file, not a folder"):
        Store(file)
    assert file.read_text(encoding="utf-8") == "mine"


def test_opening_imports_nothing_heavy(tmp_path: Path) -> None:
    """Saying where you stand loads neither NumPy nor the converter of results."""
    script = (
        "import sys; from pathlib import Path; from mockint.store.takes import Store\n"
        "with Store(Path(sys.argv[1])) as store: store.recover(), store.last_session(), store.take_count()\n"
        "print(sorted({'numpy', 'cattrs', 'filelock'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
