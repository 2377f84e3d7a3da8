"""`mockint review --compare`: two takes side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import run


@pytest.fixture(scope="module")
def practised_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sessions on the three sample answers, in which nobody listens: takes 1 to 9, each question three times."""
    folder = tmp_path_factory.mktemp("compared") / "home"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder))
        for _ in range(3):
            assert run("practice", "--samples", "always", "--engine", "none", "--json").exit_code == 0
    return folder


@pytest.fixture
def practised(practised_home: Path, home: Path) -> Path:
    shutil.copytree(practised_home, home)
    return home


@pytest.mark.usefixtures("practised")
@pytest.mark.parametrize(
    ("names", "takes"),
    [
        (("1", "4"), (1, 4)),
        (("4", "1"), (1, 4)),
        (("previous", "last"), (6, 9)),
        (("last", "first"), (3, 9)),
        (("5", "previous"), (2, 5)),
        (("1", "9"), (1, 9)),
    ],
)
def test_takes_are_named_by_number_or_by_where_they_stand(names: tuple[str, str], takes: tuple[int, int]) -> None:
    """The earlier one comes first; 'previous' and 'first' are takes of the other one's question."""
    [shown] = run("review", "--compare", *names, "--json").objects
    assert (shown["before"]["take"], shown["after"]["take"]) == takes
    assert shown["same_question"] is (takes != (1, 9))
    assert bool(shown["notes"]) is (takes == (1, 9))


@pytest.mark.usefixtures("practised")
def test_the_other_takes_tell_what_is_usual() -> None:
    """After three sessions there are seven of them: then even a length can be judged."""
    [shown] = run("review", "--compare", 1, 4, "--json").objects
    changes = {change["name"]: change for change in shown["changes"]}
    assert changes["length"]["basis"] == "other takes"
    assert changes["length"]["judgement"] == "within noise"
    assert changes["length"]["before"] == changes["length"]["after"]
    assert (changes["pace"]["judgement"], changes["pace"]["before"]) == ("cannot be told", None)
    assert changes["long pauses"]["judgement"] == "within noise"
    assert shown["words"] == []


@pytest.mark.usefixtures("practised")
def test_the_terminal_needs_eighty_columns_and_no_colour() -> None:
    """Both values, the judgement, and what "real" means."""
    shown = run("review", "--compare", "previous", "last")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "Long pauses" in shown.stdout
    assert '"Real"' in shown.stdout
    assert "\x1b" not in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_a_page_is_written_with_both_voices(practised: Path, tmp_path: Path) -> None:
    """One file, whose name is the one line on stdout; in the data folder, unless another is named."""
    file = Path(run("review", "--compare", 1, 4, "--html", tmp_path / "page.html").stdout.strip())
    page = file.read_text(encoding="utf-8")
    assert file == tmp_path / "page.html"
    assert page.count("<audio") == 2
    assert page.count("data:audio/flac;base64,") == 2


def test_a_recording_that_is_gone_is_said_to_be(practised: Path, tmp_path: Path) -> None:
    """The other one can still be heard."""
    [take] = run("review", 1, "--json").objects
    Path(take["file"]).unlink()
    file = Path(run("review", "--compare", 1, 4, "--html", tmp_path / "page.html").stdout.strip())
    page = file.read_text(encoding="utf-8")
    assert (page.count("<audio"), page.count("The recording is not here any more")) == (1, 1)


@pytest.mark.usefixtures("practised")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1", "1"), "Take 1 cannot be compared with itself."),
        (("1", "previous"), "Take 1 is the first one of its question."),
        (("first", "previous"), "'first' needs a take beside it."),
        (("1", "77"), "There is no take 77."),
        (("1", "x"), "'x' is no take."),
        (("1", "4", "9"), "A comparison is of the two takes behind --compare."),
        (("1", "4", "--play"), "A comparison is of the two takes behind --compare."),
        (("1", "4", "--session", "1"), "A comparison is of the two takes behind --compare."),
        (("1", "4", "--undo"), "Correct the take first"),
        (("1", "4", "--json", "--open"), "A comparison is a page or JSON, not both."),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    """Wrong usage, and nothing is printed."""
    shown = run("review", "--compare", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr
