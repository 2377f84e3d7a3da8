"""`mockint share` and `mockint feedback`: what they take, what they refuse, and what they leave as it was."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from builders import question
from practised import practise
from running import run

from mockint.feedback import LIMITS
from mockint.store.takes import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home with the three sample answers, heard by nobody."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOCKINT_HOME", str(folder))
        assert run("practice", "--samples", "always", "--engine", "none", "--json").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def _at_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in a folder of its own."""
    monkeypatch.setenv("MOCKINT_HOME", str(home))
    monkeypatch.chdir(tmp_path)


def uid_of(page: Path) -> str:
    """The name by which a page speaks of its first answer."""
    found = re.search(r'"take": "([0-9a-f]{32})"', page.read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def file_of(folder: Path, **fields: Any) -> Path:
    """A file as the page of take 1 saves it."""
    page = Path(run("share", 1, "--out", folder / "page.html").stdout.strip())
    entry = {"take": uid_of(page), "ratings": {"content": 4}, "change": "Say less.", **fields}
    saved = folder / "feedback.json"
    content = {"mockint_feedback": 1, "answer": os.urandom(16).hex(), "saved_at": "2026-03-02T18:04:05.678Z"}
    saved.write_text(json.dumps({**content, "mentor": "Anna", "takes": [entry]}), encoding="utf-8")
    return saved


# --- share ----------------------------------------------------------------------------------------


def test_the_page_is_called_after_its_question(tmp_path: Path) -> None:
    """It is written where one is, for its owner alone; the same answer twice is one."""
    shared = run("share", 1, 1)
    path = Path(shared.stdout.strip())
    asked = run("review", 1, "--json").objects[0]["question"]
    assert path == tmp_path / f"mockint-{asked}.html"
    assert "data:audio/mpeg" in path.read_text(encoding="utf-8")
    assert "It holds your voice" in shared.stderr
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_several_answers_go_into_one_page(tmp_path: Path) -> None:
    """Last means the newest take."""
    path = Path(run("share", 1, "last").stdout.strip())
    assert path == tmp_path / "mockint-2-answers.html"
    assert path.read_text(encoding="utf-8").count("data:audio/mpeg") == 2


def test_where_a_recording_is_gone_the_words_go_alone_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody shall think that the mentor can listen; who wants no sound in the page need not hear of it."""
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "home"))
    practise(tmp_path / "home")
    [recording] = (tmp_path / "home" / "recordings").rglob("*.wav")
    recording.unlink()
    missing = "The recording of take 1 is not kept any more"
    shared = run("share", 1)
    assert (shared.exit_code, missing in shared.stderr, "your voice" in shared.stderr) == (0, True, False)
    assert missing not in run("share", 1, "--without-audio").stderr


def test_a_typed_answer_is_not_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to listen to."""
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "other"))
    with Store(tmp_path / "other") as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        store.keep_typed(session.id, question(), NOON, text="I led a team.", duration_s=9.0)
    assert "Take 1 was typed: there is nothing to listen to." in run("share", 1).stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Missing argument"),
        ([99], "There is no take 99."),
        (["one"], "'one' is no take."),
        ([1, "--without-audio"], "Of take 1 there is no transcript to share."),
        ([1, "--name", "Sam\x1b[2J"], "A name has at most 80 letters, all on one line."),
        ([1, "--name", "S" * 81], "A name has at most 80 letters, all on one line."),
    ],
)
def test_what_cannot_be_shared_is_said(tmp_path: Path, words: list[object], says: str) -> None:
    """And no page is written."""
    shared = run("share", *words)
    assert (shared.exit_code, shared.stdout) == (2, "")
    assert says in shared.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where a folder should be, there is a file."""
    (tmp_path / "file").write_text("")
    shared = run("share", 1, "--out", tmp_path / "file" / "page.html")
    assert (shared.exit_code, shared.stdout) == (1, "")
    assert "cannot be used" in shared.stderr


# --- feedback -------------------------------------------------------------------------------------


def test_feedback_is_shown_as_it_comes_in_and_later(tmp_path: Path) -> None:
    """Every level with its words, each comment with its time."""
    saved = file_of(tmp_path, keep="Your example.", comments=[{"at_s": 3.2, "text": "Who is <b>she</b>?"}])
    came = run("feedback", "import", saved)
    assert came.exit_code == 0
    for said in (
        "From Anna, 2026-03-02",
        "Content  4 of 4  More than that.",
        "Keep     Your example.",
        "Change   Say less.",
        "0:03.2   Who is <b>she</b>?",
    ):
        assert said in came.stdout
    assert max(map(len, came.stdout.splitlines())) <= 80
    assert "Kept. Hear what it is about: mockint review 1 --open" in came.stderr
    assert "Say less." in run("feedback", "list").stdout
    assert "Who is <b>she</b>?" in run("feedback", "show", "1").stdout


def test_what_a_mentor_would_change_is_practised_next(tmp_path: Path) -> None:
    """It is due, it stands below the question until that was answered again, and nobody whispers in an interview."""
    advice = 'Anna would change: "Begin with the result."'
    assert run("feedback", "import", file_of(tmp_path, change="Begin with\nthe result.")).exit_code == 0
    assert "Anna asked for it" in run().stdout
    practise = ("practice", "starter", "--question", "you-in-a-minute", "--samples", "always", "--engine", "none")
    assert advice not in run(*practise, "--mode", "mock").stderr
    assert run("feedback", "import", file_of(tmp_path, change="Begin with\nthe result.")).exit_code == 0
    assert advice in run(*practise).stderr
    assert advice not in run(*practise).stderr


def test_where_nobody_said_anything_the_next_step_is_named() -> None:
    """Nothing on stdout: there is no data."""
    shown = run("feedback", "show", 3)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "Ask: mockint share 3" in shown.stderr


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"take": "f" * 32}, "feedback.json is about an answer that is not in your data folder."),
        ({"comments": [{"at_s": 1000, "text": "x"}]}, "a comment is at 16:40.0, but the answer ends at"),
        ({"ratings": {"charm": 3}}, "there is no 'charm' here"),
        ({"change": "\x1b[2J"}, "'change' holds control characters"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_nothing_changes(
    tmp_path: Path, fields: dict[str, Any], says: str
) -> None:
    """In a sentence, without what could steer a terminal."""
    saved = file_of(tmp_path, **fields)
    before = run("feedback", "list", "--json").stdout
    came = run("feedback", "import", saved)
    assert (came.exit_code, came.stdout) == (2, "")
    assert says in came.stderr
    assert "\x1b" not in came.stderr
    assert run("feedback", "list", "--json").stdout == before


def test_answers_that_are_not_here_do_not_keep_out_those_that_are(tmp_path: Path) -> None:
    """One of two may have been erased since."""
    saved = file_of(tmp_path)
    content = json.loads(saved.read_text(encoding="utf-8"))
    content["takes"].append({"take": "f" * 32, "keep": "x"})
    saved.write_text(json.dumps(content), encoding="utf-8")
    came = run("feedback", "import", saved)
    assert came.exit_code == 0
    assert "1 of 2 answers are not in your data folder" in came.stderr


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """By its size alone: it takes no room on the disk, and would take 50 MB in memory."""
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    came = run("feedback", "import", large)
    assert came.exit_code == 2
    assert f"large.json is larger than {LIMITS.file_byte_count // 1_000_000} MB" in came.stderr


@pytest.mark.parametrize(
    ("name", "says"), [("gone.json", "gone.json is not there."), (".", "is a folder."), ("/dev/zero", "is no file.")]
)
def test_what_is_no_file_is_not_read(name: str, says: str) -> None:
    """Not even where it would never end."""
    if name == "/dev/zero" and not Path(name).exists():
        pytest.skip("there is no such device on this system")
    came = run("feedback", "import", name)
    assert came.exit_code == 2
    assert says in came.stderr


def test_the_name_of_a_file_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """Somebody else may have chosen it."""
    saved = tmp_path / "feed\x1b[2Jback.json"
    try:
        saved.write_text("{")
    except OSError:
        pytest.skip("this system has no such names")
    came = run("feedback", "import", saved)
    assert (came.exit_code, "\x1b" in came.stderr) == (2, False)
