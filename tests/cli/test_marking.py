"""`mockint review --covers --star`: what of a strong answer was in a take, by its speaker's own marks."""

from __future__ import annotations

import shutil
from pathlib import Path

import builders
import practised
import pytest
from running import run

import mockint
from mockint.store.takes import Store

SAMPLES = Path(mockint.__file__).parent / "sample_answers"


@pytest.fixture(scope="module")
def practised_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home with one take of half a minute, of a question that wants a story and names what to cover."""
    folder = tmp_path_factory.mktemp("marked")
    answers = folder / "answers"
    answers.mkdir()
    shutil.copy(SAMPLES / "went-wrong.ogg", answers)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder / "home"))
        run("practice", "starter", "--answers", answers, "--count", 1, "--engine", "moonshine", "--json")
    return folder / "home"


@pytest.fixture(autouse=True)
def _practised(practised_home: Path, home: Path) -> None:
    shutil.copytree(practised_home, home)


def test_the_split_stands_beside_the_advised_one() -> None:
    """Each part with its start, its length, a bar, and in words how that compares."""
    shown = run("review", "last", "--covers", "1,3", "--star", "s=0:01", "t=0:13", "r=0:20")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert any(line.startswith("A strong answer covers; you covered 2 of") for line in lines)
    assert sum(line.startswith("  [x] ") for line in lines) == 2
    [situation] = [line for line in lines if line.startswith("  situation ")]
    assert situation.split() == ["situation", "0:01", "12", "s", "=====", "10-15", "s", "as", "advised"]
    [action] = [line for line in lines if line.startswith("  action ")]
    assert action.split() == ["action", "-", "30-45", "s"]
    assert max(len(line) for line in lines) <= 80


def test_what_is_not_marked_now_stays_as_it_was() -> None:
    """Marks are kept; either can be set without the other, and 'none' takes them back."""
    assert "marks" not in run("review", "last", "--json").objects[0]
    run("review", "last", "--star", "s=0:01", "a=0:13")
    [result] = run("review", 1, "--covers", "2", "--json").objects
    assert result["marks"] == {
        "covers": [2],
        "star": [{"part": "situation", "start_s": 1.0}, {"part": "action", "start_s": 13.0}],
    }
    assert run("review", 1, "--covers", "none", "--json").objects[0]["marks"]["covers"] == []


def test_guesses_are_offered_until_the_story_is_marked() -> None:
    """As a command to mend and run."""
    assert "mockint review 1 --star s=0:00" in run("review").stdout
    for starts in ("s=0:00", "none"):
        run("review", 1, "--star", starts)
        assert "--star" not in run("review").stdout
    assert run("review", 1, "--json").objects[0]["marks"] == {"star": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--covers", "1"), "Name the one take to mark."),
        (("1", "--covers", "one"), "'one' names no points."),
        (("1", "--covers", "9"), "There is no 9: the question names"),
        (("1", "--star", "x=0:10"), "'x=0:10' is no start of a part."),
        (("1", "--star", "s=soon"), "'soon' is no time."),
        (("1", "--star", "s=" + "9" * 10_240), f"'{'9' * 40}...' is no time."),
        (("1", "--star", "s=0:09", "t=0:02"), "The task cannot begin before the situation."),
        (("1", "--star", "s=9:00"), "The take ends at"),
        (("1", "--star", "s=0:01", "--open"), "Correct the take first"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str) -> None:
    """One sentence, and nothing is marked."""
    shown = run("review", *words)
    assert (shown.exit_code, said in shown.stderr) == (2, True), shown.stderr
    assert "marks" not in run("review", "last", "--json").objects[0]


# --- stories --------------------------------------------------------------------------------------


def test_stories_are_shown_with_what_they_were_told_for() -> None:
    """And what none was told for: the question of the take wants one, and its competency has none."""
    [competency] = run("review", "--stories", "--json").objects[0]["competencies_without_story"]
    untold = run("review", "--stories").stdout
    assert "No story has a name yet." in untold
    assert f"No story yet for:\n  {competency}" in untold
    marked = run("review", "last", "--story", "The  booking form").stdout
    assert "Story: The booking form" in marked.splitlines()
    [shown] = run("review", "--stories", "--json").objects
    [story] = shown["stories"]
    assert (story["name"], story["competencies"], story["told_count"]) == ("The booking form", [competency], 1)
    assert (shown["competencies_without_story"], shown["overused"]) == ([], [])
    table = run("review", "--stories").stdout
    assert (f"{story['best_percent']} %" in table, "No story yet" in table) == (True, False)
    assert "BEST" not in run("review", "--stories", "--no-grade").stdout
    assert run("review", 1, "--json").objects[0]["marks"] == {"story": "The booking form"}


def test_a_story_can_be_taken_back() -> None:
    """As any other mark, by 'none'; the rest of the marks stays."""
    run("review", "last", "--story", "The form", "--covers", "1")
    assert run("review", "last", "--story", "none", "--json").objects[0]["marks"] == {"covers": [1]}
    assert run("review", "--stories", "--json").objects[0]["stories"] == []


def test_a_story_that_is_told_for_everything(home: Path) -> None:
    """One line says so, and by which rule."""
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=practised.NOON)
        for number in range(4):
            question = builders.question(id=f"question-{number}")
            take = store.keep_typed(session.id, question, practised.NOON, text="Well.", duration_s=1)
            store.stories.keep(take.id, "The form", at=practised.NOON)
    [line] = [line for line in run("review", "--stories").stdout.split("\n\n") if line.startswith("You told")]
    said = "You told 'The form' for 4 different questions in your last 5 sessions."
    assert " ".join(line.split()).startswith(said)
    assert run("review", "--stories", "--json").objects[0]["overused"] == ["The form"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1", "--story", ""), "A story needs a name."),
        (("1", "--story", "a" * 10_240), "at most 60 letters, and this one 10,240."),
        (("1", "--story", "a\x1b[2J"), "cannot hold control characters."),
        (("1", "--stories"), "it stands alone."),
        (("--stories", "--story", "The form"), "it stands alone."),
        (("1", "--story", "The form", "--covers", "9"), "There is no 9"),
    ],
)
def test_stories_that_cannot_be_meant(words: tuple[str, ...], said: str) -> None:
    """One sentence, nothing in it steers the terminal, and nothing is kept."""
    shown = run("review", *words)
    assert (shown.exit_code, said in shown.stderr, "\x1b" in shown.stderr) == (2, True, False), shown.stderr
    assert len(shown.stderr) < 300
    assert run("review", "--stories", "--json").objects[0]["stories"] == []
