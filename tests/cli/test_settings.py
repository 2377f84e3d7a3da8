"""config.yaml in the data folder: the user's own defaults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from running import run

import mockint
from mockint.cli.settings import TEMPLATE, Settings, load_settings
from mockint.data_folder import SETTINGS_FILE
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("home")

SAMPLE = Path(mockint.__file__).parent / "sample_answers" / "went-wrong.ogg"


@pytest.fixture
def configure(home: Path) -> Callable[[str], None]:
    """Write config.yaml."""

    def write(text: str) -> None:
        home.mkdir(exist_ok=True)
        (home / SETTINGS_FILE).write_text(text, encoding="utf-8")

    return write


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """Nobody needs settings."""
    assert load_settings(tmp_path) == Settings()


def test_the_template_can_be_used_line_by_line(tmp_path: Path) -> None:
    """Removing every "#" gives settings that work."""
    lines = [line.removeprefix("# ") for line in TEMPLATE.splitlines()[1:]]
    (tmp_path / SETTINGS_FILE).write_text("\n".join(lines), encoding="utf-8")
    settings = load_settings(tmp_path)
    assert (settings.rate, settings.grade, settings.scoring.window_s) == (170, False, (45.0, 90.0))
    assert yaml.safe_load("\n".join(lines)).keys() == {*Settings.__dataclass_fields__}


@pytest.mark.parametrize("line", ["silence: -1", "silence: .nan", "silence: .inf", "rate: 5", "rate: 100000"])
def test_a_number_that_cannot_be_meant_is_a_fault(tmp_path: Path, line: str) -> None:
    """No silence is that long, and no voice speaks so."""
    (tmp_path / SETTINGS_FILE).write_text(line, encoding="utf-8")
    with pytest.raises(UsageProblem, match=f"'{line.partition(':')[0]}' must be a "):
        load_settings(tmp_path)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """A name that is nearly right is named; each fault has its line."""
    path = tmp_path / SETTINGS_FILE
    path.write_text("ratte: 160\nsilence: long\ngrade: 1\nscoring: {pace_point: 1}\n", encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_settings(tmp_path)
    assert caught.value.problem.splitlines() == [
        f"{path}: there is no setting 'ratte' (did you mean 'rate'?).",
        f"{path}: 'silence' must be a number of seconds, 0 for none; it is now 'long'.",
        f"{path}: 'grade' must be true or false; it is now 1.",
        f"{path}: 'scoring' has no field 'pace_point' (did you mean 'pace_points'?).",
    ]


def test_a_scoring_of_ones_own_is_used_and_named(configure: Callable[[str], None]) -> None:
    """`score`, `practice` and `review` all go by it, and their results say so."""
    configure("scoring:\n  length_points: 40\n  window_s: [10, 40]\n")
    [scored] = run("score", SAMPLE, "--engine", "none", "--json").objects
    practised = run("practice", "--samples", "always", "--engine", "none", "--json").objects[2]
    [reviewed] = run("review", 3, "--json").objects
    versions = {shown["method_version"] for shown in (scored, practised, reviewed)}
    assert len(versions) == 1
    assert versions.pop().startswith("1+")
    assert [shown["score"]["parts"][3]["points"] for shown in (scored, practised, reviewed)] == [40, 40, 40]


def test_progress_never_draws_one_line_across_two_methods(configure: Callable[[str], None]) -> None:
    """A changed method begins a line of its own."""
    run("practice", "--samples", "always", "--engine", "none", "--json")
    configure("scoring: {window_s: [10, 40]}")
    run("practice", "--samples", "always", "--engine", "none", "--json")
    [progress] = run("progress", "--json").objects
    length = next(measure for measure in progress["measures"] if measure["name"] == "length")
    first, second = (series["method_version"] for series in length["series"])
    assert (first, second.partition("+")[0]) == ("1", "1")
    assert first != second


def test_a_fault_in_the_settings_ends_the_command(configure: Callable[[str], None]) -> None:
    """Exit code 2, on stderr alone."""
    configure("scoring: {pace_point: 1}")
    shown = run("score", SAMPLE)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "did you mean 'pace_points'?" in shown.stderr


@pytest.mark.parametrize("words", [["score", SAMPLE], ["practice", "--samples", "always"]])
def test_no_grade_gives_measures_without_points(words: list[object]) -> None:
    """Bands, values and reasons stay; points are null and there is no total."""
    shown = run(*words, "--engine", "none", "--no-grade", "--json").objects[-1]
    parts = shown["score"]["parts"]
    assert {part["points"] for part in parts} == {None}
    assert [part["value"] is not None for part in parts] == [False, False, True, True]
    assert all(part["because"] for part in parts)
    text = run(*words, "--engine", "none", "--no-grade").stdout
    assert "Score" not in text
    assert "aim 1:00-2:00" in text


def test_grade_false_is_the_same_for_every_command(configure: Callable[[str], None]) -> None:
    """What is stored keeps its points: --grade shows them."""
    configure("grade: false")
    run("practice", "--samples", "always", "--engine", "none", "--json")
    hidden, graded = run("review", 3, "--json").objects[0], run("review", 3, "--grade", "--json").objects[0]
    assert hidden["score"]["parts"][3]["points"] is None
    assert graded["score"]["parts"][3]["points"] is not None
