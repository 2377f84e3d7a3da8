"""One setting is changed in config.yaml, and the rest stays as its owner wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockint.cli.changing import change_setting, with_setting
from mockint.cli.settings import load_settings
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "engine: none\n"),
        ("rate: 160", "rate: 160\nengine: none\n"),
        ("engine: default\n", "engine: none\n"),
        ("engine: default\r\nrate: 160\r\n", "engine: none\r\nrate: 160\r\n"),
        ("engine:   default   # mine\nrate: 160\n", "engine: none   # mine\nrate: 160\n"),
        ("engine: 'a b'  # mine\n", "engine: none  # mine\n"),
        ("engine:\n", "engine: none\n"),
        ("# engine: default  # see\n", "engine: none  # see\n"),
        ("#engine: default\nengine: sphinx\n", "#engine: default\nengine: none\n"),
        ("scoring:\n  engine: 3\n", "scoring:\n  engine: 3\nengine: none\n"),
    ],
)
def test_only_the_line_of_the_setting_changes(before: str, after: str) -> None:
    """On its own line, on the line that holds it as a comment, or at the end; comments and line ends stay."""
    assert with_setting(before, "engine", "none") == after


@pytest.mark.parametrize("before", ["{engine: default, rate: 160}\n", "engine: |\n  default\n"])
def test_what_cannot_be_changed_without_touching_more_is_left_alone(before: str) -> None:
    """YAML can be written in many ways: the result is read again, and nothing else may differ."""
    assert with_setting(before, "engine", "none") is None


@pytest.mark.parametrize("name", ["1.0", "on", "null", "small.en"])
def test_a_name_stays_a_name(name: str) -> None:
    """YAML would read some names as numbers or truth values."""
    changed = with_setting("", "engine", name)
    assert changed is not None
    assert with_setting(changed, "engine", name) == changed


def test_a_file_that_cannot_be_changed_is_named(tmp_path: Path) -> None:
    """With the line to write, and the file as it was."""
    path = tmp_path / "config.yaml"
    path.write_text("{rate: 160}\n")
    with pytest.raises(UsageProblem, match="written in a way that mockint cannot change") as raised:
        change_setting(tmp_path, "engine", "none")
    assert (raised.value.hint, path.read_text()) == ("Write 'engine: none' there.", "{rate: 160}\n")
    assert load_settings(tmp_path).rate == 160
