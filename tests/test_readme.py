"""README is run, so that it cannot rot."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from running import run

from mockint.bank import check_bank
from mockint.cli.main import COMMANDS, main
from mockint.cli.settings import load_settings
from mockint.own_method import RULES

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
COMMAND_LINES = sorted(
    {line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.startswith("mockint")}
)


def command_of(line: str) -> tuple[click.Command, list[str]]:
    """Return the command that a line calls, and the words that it is given."""
    command: click.Command = main
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"no command {words[0]!r} in: {line}"
        command, words = found, words[1:]
    return command, words


def test_the_first_code_block_is_the_two_commands() -> None:
    """A newcomer needs nothing else."""
    assert BLOCKS[0] == ("sh", "make practice\nmake test\n")


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_a_command_line_is_understood(line: str) -> None:
    """Every command and option in README exists."""
    command, words = command_of(line)
    command.make_context(command.name, words)


def test_every_command_is_in_readme() -> None:
    """What help lists, README tells."""
    assert [name for name in COMMANDS if f"mockint {name}" not in README and f"`{name}`" not in README] == []


def test_the_bank_in_readme_is_sound(tmp_path: Path) -> None:
    """It can be copied as it stands."""
    [bank] = [block for kind, block in BLOCKS if kind == "yaml" and "mockint_bank" in block]
    (tmp_path / "bank.yaml").write_text(bank, encoding="utf-8")
    assert check_bank(tmp_path / "bank.yaml") == ()


def test_the_settings_in_readme_are_settings(tmp_path: Path) -> None:
    """They can be copied as they stand."""
    [settings] = [block for kind, block in BLOCKS if kind == "yaml" and "voice:" in block]
    (tmp_path / "config.yaml").write_text(settings, encoding="utf-8")
    assert load_settings(tmp_path).rate == 160


def test_the_scoring_in_readme_is_a_scoring(tmp_path: Path) -> None:
    """It can be copied as it stands, and every field that may be changed is named."""
    [scoring] = [block for kind, block in BLOCKS if kind == "yaml" and "scoring:" in block]
    (tmp_path / "config.yaml").write_text(scoring, encoding="utf-8")
    assert load_settings(tmp_path).scoring.long_pause_s == 3
    assert [field for field in RULES if field not in README] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_there_and_fits_eighty_columns(name: str) -> None:
    """Each command explains itself."""
    shown = run(*([name] if name else []), "--help")
    assert shown.exit_code == 0
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80
