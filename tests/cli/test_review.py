"""`mockint review`: takes again, and what the person corrects in them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from builders import correction_object
from running import run

from mockint.data_folder import DATABASE_NAME
from mockint.model import Correction, CorrectionKind

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def practised_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home after a session on the three sample answers, heard by the quickest recogniser."""
    folder = tmp_path_factory.mktemp("practised") / "home"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder))
        run("practice", "--samples", "always", "--engine", "moonshine", "--json")
    return folder


@pytest.fixture
def practised(practised_home: Path, home: Path) -> list[dict[str, Any]]:
    """The takes of that session, in a home of the test's own."""
    shutil.copytree(practised_home, home)
    return run("review", "--json").objects


def word_at(result: dict[str, Any], index: int) -> tuple[float, str]:
    """The middle of a word, and its text."""
    word = result["words"][index]
    return round((word["start_s"] + word["end_s"]) / 2, 3), word["text"]


def texts(result: dict[str, Any]) -> list[str]:
    return [word["text"] for word in result["words"]]


def part(result: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [part for part in result["score"]["parts"] if part["name"] == name]
    return found  # type: ignore[no-any-return]  # JSON


def rows(home: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / DATABASE_NAME)) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608 - a word of this test


def test_a_word_is_corrected_by_its_time(home: Path, practised: list[dict[str, Any]]) -> None:
    """The transcript and the figures follow; the recogniser's own result stays beside it."""
    before = practised[2]
    at_s, heard = word_at(before, 10)
    shown = run("review", 3, "--word", at_s, "two words")
    assert shown.exit_code == 0
    assert f'"{heard}" is now "two words"' in shown.stdout
    assert "Pace" in shown.stdout
    assert "->" in shown.stdout
    [after] = run("review", 3, "--json").objects
    assert texts(after) == [*texts(before)[:10], "two", "words", *texts(before)[11:]]
    assert after["pace"]["words_per_minute"] > before["pace"]["words_per_minute"]
    assert (before["corrected"], after["corrected"]) == (False, True)
    assert (after["engine"], after["method_version"]) == (before["engine"], before["method_version"])
    assert len(rows(home, "results")) == 4
    assert [row[3] for row in rows(home, "corrections")] == ["word_changed"]


def test_a_disputed_filler_leaves_the_score(practised: list[dict[str, Any]]) -> None:
    """It is gone from the list and from the rate."""
    before = next(result for result in practised if result["fillers"])
    filler = before["fillers"][0]
    [after] = run("review", before["take"], "--not-a-filler", filler["start_s"], "--json").objects
    assert len(after["fillers"]) == len(before["fillers"]) - 1
    assert part(after, "fillers")["value"] < part(before, "fillers")["value"]


def test_a_missed_um_is_added(practised: list[dict[str, Any]]) -> None:
    """It becomes a filler for certain, by the person's own word."""
    [after] = run("review", 1, "--filler", "0:05", "um", "--json").objects
    added = [filler for filler in after["fillers"] if filler["evidence"] == "person"]
    assert [(filler["text"], filler["start_s"], filler["confidence"]) for filler in added] == [("um", 5.0, 1.0)]
    assert after["filled_pause_count"]["count"] == practised[0]["filled_pause_count"]["count"] + 1


def test_several_corrections_at_once_and_all_of_them_taken_back(home: Path, practised: list[dict[str, Any]]) -> None:
    """Each `--undo` takes one back; in the end the take is as it was heard, and nothing was deleted."""
    at_s, _ = word_at(practised[0], 3)
    run("review", "1", "--word", at_s, "other", "--delete", "0:10", "--insert", "0:12", "more")
    outcomes = [run("review", 1, "--undo", "--json") for _ in range(3)]
    assert [outcome.objects[0]["corrected"] for outcome in outcomes] == [True, True, False]
    delay_free = {key: value for key, value in practised[0].items() if key != "result_delay_s"}
    assert outcomes[-1].objects == [delay_free]
    assert [row[3] for row in rows(home, "corrections")][3:] == ["undo"] * 3
    none_left = run("review", 1, "--undo")
    assert (none_left.exit_code, none_left.stdout) == (2, "")
    assert "There is no correction to take back." in none_left.stderr


@pytest.mark.usefixtures("practised")
def test_progress_goes_by_the_corrected_result() -> None:
    """Three fillers that were not heard count once they are added."""
    before = run("progress", "--json").objects[0]
    run("review", 1, "--filler", "0:05", "um", "--filler", "0:08", "um", "--filler", "0:11", "um")
    after = run("progress", "--json").objects[0]
    per_100_words = [
        next(each for each in shown["competencies"] if each["name"] == "communication")["medians"]["fillers"]
        for shown in (before, after)
    ]
    assert per_100_words[1] > per_100_words[0]
    assert after["takes"] == before["takes"]


# --- files of corrections -------------------------------------------------------------------------


def changed(result: dict[str, Any], index: int) -> dict[str, Any]:
    """A word of a take, corrected, as a file has it."""
    word = result["words"][index]
    return correction_object(
        Correction(
            kind=CorrectionKind.WORD_CHANGED,
            start_s=word["start_s"],
            end_s=word["end_s"],
            old_text=word["text"],
            new_text="corrected",
        )
    )


def written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def name_of(home: Path, take: int) -> dict[str, Any]:
    """How a file names a take."""
    [row] = [row for row in rows(home, "takes") if row[0] == take]
    return {"number": take, "uid": row[1], "question": row[4]}


def test_a_file_of_corrections_is_applied_to_its_take(
    home: Path, practised: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Under whatever number it was saved: the name that no other take has decides. Again changes nothing."""
    content = {
        "mockint_corrections": 2,
        "take": {**name_of(home, 2), "number": 77},
        "corrections": [changed(practised[1], 5)],
    }
    path = written(tmp_path / "corrections.json", content)
    shown = run("review", "--apply", path, "--json").objects
    assert [(result["take"], texts(result)[5]) for result in shown] == [(2, "corrected")]
    assert "All of this was corrected before." in run("review", "--apply", path).stdout
    assert len(rows(home, "corrections")) == 1


def test_a_file_of_the_first_format_is_applied_where_its_words_were_said(
    home: Path, practised: list[dict[str, Any]], tmp_path: Path
) -> None:
    """It may be of several takes; also of one that was corrected since."""
    entries = [{"take": result["take"], **changed(result, 5)} for result in practised[:2]]
    path = written(tmp_path / "corrections.json", {"mockint_corrections": 1, "corrections": entries})
    shown = run("review", "--apply", path, "--json").objects
    assert [(result["take"], texts(result)[5]) for result in shown] == [(1, "corrected"), (2, "corrected")]
    assert run("review", "--apply", path).stdout.count("All of this was corrected before.") == 2
    assert len(rows(home, "corrections")) == 2


def test_a_file_for_another_take_changes_nothing(home: Path, practised: list[dict[str, Any]], tmp_path: Path) -> None:
    """Of another computer, of another question, of another take of the same number, or of one that is not there."""
    entry, elsewhere = changed(practised[0], 5), {**name_of(home, 1), "uid": "0" * 32}
    late = {**entry, "kind": "word_inserted", "start_s": 500, "end_s": 501}
    files: list[tuple[dict[str, Any], list[dict[str, Any]], str]] = [
        ({"mockint_corrections": 2, "take": elsewhere}, [entry], "is of a take that is not in this data folder"),
        (
            {"mockint_corrections": 2, "take": {**name_of(home, 1), "question": "went-wrong"}},
            [entry],
            "says that take 1 answers 'went-wrong'; it answers 'you-in-a-minute'.",
        ),
        ({"mockint_corrections": 2, "take": name_of(home, 1)}, [late], "corrects what comes after the end of take 1."),
        ({"mockint_corrections": 1}, [{"take": 2, **entry}], "its words were not said in take 2 of this data folder."),
        ({"mockint_corrections": 1}, [{"take": 1, **entry}, {"take": 77, **entry}], "There is no take 77."),
    ]
    for head, entries, sentence in files:
        shown = run("review", "--apply", written(tmp_path / "corrections.json", {**head, "corrections": entries}))
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert sentence in shown.stderr
    assert rows(home, "corrections") == []


def test_a_file_that_is_no_file_of_corrections_changes_nothing(
    home: Path, practised: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Cut short, far too large, or meant to harm: each is one sentence."""
    whole = json.dumps(
        {"mockint_corrections": 2, "take": name_of(home, 1), "corrections": [changed(practised[0], 5)]}
    ).encode()
    path = tmp_path / "corrections.json"
    for content, sentence in (
        (whole[:-30], "is cut short or damaged"),
        (whole + b" " * 50_000_000, "is larger than any file of corrections."),
        (b"[" * 200_000, "is damaged: no page writes such JSON."),
        (whole.replace(b'"corrected"', rb'"\u001b[2Jgone"'), "'new_text' must be a short text."),
    ):
        path.write_bytes(content)
        shown = run("review", "--apply", path)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert sentence in shown.stderr
        assert len(shown.stderr.splitlines()) <= 2
        assert "\x1b" not in shown.stderr
    assert rows(home, "corrections") == []


@pytest.mark.usefixtures("practised")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--word", "0:01", "x"], "Name the one take to correct."),
        (["1", "2", "--word", "0:01", "x"], "Name the one take to correct."),
        (["1", "--word", "1:77:0", "x"], "'1:77:0' is no time."),
        (["1", "--word", "9:00", "x"], "There is no word within 1 s of 9:00.0."),
        (["1", "--not-a-filler", "9:00"], "There is no filler"),
        (["1", "--filler", "0:05", "whatever"], '"whatever" was not heard within 1 s of 0:05.0.'),
        (["1", "--insert", "9:00", "x"], "The take ends at"),
        (["7", "--word", "0:01", "x"], "There is no take 7."),
        (["1", "--apply", "/nowhere"], "A file of corrections names its takes itself."),
        (["--apply", "/nowhere"], "/nowhere cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_corrected_is_said_in_a_sentence(home: Path, words: list[str], sentence: str) -> None:
    """Wrong usage, and nothing is stored."""
    shown = run("review", *words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert sentence in shown.stderr
    assert rows(home, "corrections") == []


def test_a_take_without_words_cannot_be_corrected(home: Path) -> None:
    """What to do about it is said."""
    run("practice", "--samples", "always", "--engine", "none", "--json")
    shown = run("review", 1, "--word", "0:01", "x")
    assert "Take 1 has no transcript to correct." in shown.stderr
    assert "mockint data rescore 1" in shown.stderr
    assert rows(home, "corrections") == []


def test_times_shows_when_each_word_was_said(practised: list[dict[str, Any]]) -> None:
    """So that the one that is meant can be named."""
    shown = run("review", 3, "--times").stdout
    first = practised[2]["words"][0]
    assert first["text"] in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.count(" 0:") >= len(practised[2]["words"])


@pytest.mark.usefixtures("home")
def test_after_three_sessions_the_card_shows_what_is_usual() -> None:
    """In practice from the fourth session on, going by the ones before it; and in review."""
    for _ in range(3):
        shown = run("practice", "--samples", "always", "--engine", "none")
        assert "usual" not in shown.stdout
    fourth = run("practice", "--samples", "always", "--engine", "none").stdout
    assert "usual 0:28-0:30" in fourth
    assert "usual 0:28-0:30" in run("review", "last").stdout
    assert max(map(len, fourth.splitlines())) <= 80
