"""`mockint models`: the list, the choice, a folder of one's own, and the one command that uses a network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from functools import cache
from pathlib import Path

import pytest
from model_hub import COMMIT, ModelHub
from running import Outcome, run
from terminal import Terminal, command

import mockint
from mockint.cli.settings import load_settings
from mockint.devices.recognisers.choice import EngineName
from mockint.devices.recognisers.weights import WHISPER_BASE_EXTRAS, WHISPER_BASE_MODEL

ANSWER = Path(mockint.__file__).parent / "sample_answers" / "you-in-a-minute.ogg"
REPOSITORY = "Systran/faster-whisper-base.en"
PATIENCE_S = 120
BREAK_BYTE_COUNT = 60 << 20
"""About half of the model, and whole pieces of 10 MiB: what the hub's client has not handed over is fetched again."""


@cache
def whisper_base() -> dict[str, bytes]:
    """The files of a real Whisper: the one that is installed."""
    files = {name: file.read() for name, file in WHISPER_BASE_EXTRAS.items()}
    return {**files, "model.bin": b"".join(part.read() for part in WHISPER_BASE_MODEL)}


def whisper_folder(folder: Path, **instead: bytes) -> Path:
    """A folder with that Whisper in it."""
    folder.mkdir()
    for name, content in whisper_base().items():
        (folder / name).write_bytes(instead.get(name.partition(".")[0], content))
    return folder


def fetch(home: Path, endpoint: str, name: str = "base.en") -> Outcome:
    """Fetch in a process of its own: the hub's client reads its address when it is imported."""
    environment = {**os.environ, "MOCKINT_HOME": str(home), "HF_ENDPOINT": endpoint, "NO_PROXY": "127.0.0.1"}
    words = command("models", "fetch", name, "--yes")
    done = subprocess.run(words, env=environment, capture_output=True, check=False, text=True, timeout=PATIENCE_S)
    return Outcome(done.returncode, done.stdout, done.stderr)


# --- the list and the choice ----------------------------------------------------------------------


def test_the_list_names_every_engine_with_its_licence(home: Path) -> None:
    """What --engine takes is listed, the default is marked, and whether it can be used is told truly."""
    listed = {each["name"]: each for each in run("models", "--json").objects}
    assert {engine.value for engine in EngineName} <= listed.keys()
    assert [name for name, each in listed.items() if each["default"]] == ["default"]
    assert listed["default"]["installed"]
    assert not listed["small.en"]["installed"]
    assert listed["small.en"]["how"] == "Fetch it: mockint models fetch small.en"
    assert listed["small.en"]["measured"] == []
    assert {each["licence"] for each in listed.values()} >= {"MIT", "BSD-2-Clause", "Apache-2.0"}
    assert not home.exists()


def test_each_figure_names_what_it_was_measured_on() -> None:
    """A figure without that says nothing."""
    shown = " ".join(run("models").stdout.split())
    assert shown.count("Measured") == shown.count(" On 79 clips") + shown.count(" On 39 clips") + shown.count(
        " On 239 words"
    )


@pytest.mark.usefixtures("home")
def test_the_list_fits_eighty_columns() -> None:
    """It can be read in any terminal."""
    assert max(len(line) for line in run("models").stdout.splitlines()) <= 80


def test_an_engine_can_be_chosen_for_good(home: Path) -> None:
    """It is written into config.yaml, and every other line stays."""
    home.mkdir()
    (home / "config.yaml").write_text("# mine\nrate: 160  # slow\nengine: default   # as it came\nsilence: 6\n")
    assert run("models", "use", "moonshine").exit_code == 0
    assert (home / "config.yaml").read_text() == (
        "# mine\nrate: 160  # slow\nengine: moonshine   # as it came\nsilence: 6\n"
    )
    assert [each["name"] for each in run("models", "--json").objects if each["default"]] == ["moonshine"]


def test_the_first_choice_makes_a_file_that_explains_itself(home: Path) -> None:
    """The other settings are there as comments."""
    assert run("models", "use", "none").exit_code == 0
    assert "engine: none          # see: mockint models" in (home / "config.yaml").read_text()
    assert load_settings(home).engine == "none"


@pytest.mark.parametrize(
    ("name", "exit_code", "sentence"),
    [
        ("vosk", 4, "Install it: pip install vosk"),
        ("moonshin", 2, "Did you mean 'moonshine'?"),
        ("small.en", 2, "Fetch it: mockint models fetch small.en"),
    ],
)
def test_what_cannot_listen_is_not_chosen(home: Path, name: str, exit_code: int, sentence: str) -> None:
    """One sentence, and no setting is changed."""
    shown = run("models", "use", name)
    assert (shown.exit_code, sentence in shown.stderr, home.exists()) == (exit_code, True, False)


# --- weights from a folder ------------------------------------------------------------------------


def test_a_folder_becomes_an_engine(home: Path, tmp_path: Path) -> None:
    """It is checked, recorded, listed and used, and the results name it."""
    folder = whisper_folder(tmp_path / "my whisper")
    assert run("models", "add", folder, "--name", "mine").exit_code == 0
    [listed] = [each for each in run("models", "--json").objects if each["name"] == "mine"]
    assert (listed["installed"], listed["folder"]) == (True, str(folder))
    [result] = run("score", ANSWER, "--engine", "mine", "--json").objects
    assert "whisper my whisper" in result["engine"]
    assert len(result["words"]) > 20
    assert home.is_dir()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("instead", "sentence"),
    [
        ({"model": b"no model"}, "is no Whisper in CTranslate2's form"),
        ({"model": b"\x06\0\0\0\x0c\0WhisperSpec\0" + bytes(100)}, "cannot be loaded"),
        ({"tokenizer": b"{}"}, "cannot be loaded"),
    ],
)
def test_a_folder_that_holds_no_sound_whisper_is_refused(
    tmp_path: Path, instead: dict[str, bytes], sentence: str
) -> None:
    """It would fail at the first answer: better now."""
    shown = run("models", "add", whisper_folder(tmp_path / "broken", **instead))
    assert (shown.exit_code, sentence in shown.stderr) == (1, True)
    assert "broken" not in run("models", "--json").stdout


@pytest.mark.usefixtures("home")
def test_a_folder_cannot_take_the_name_of_an_engine(tmp_path: Path) -> None:
    """There would be two of it."""
    shown = run("models", "add", tmp_path, "--name", "moonshine")
    assert (shown.exit_code, "There is an engine 'moonshine' already." in shown.stderr) == (2, True)


@pytest.mark.usefixtures("home")
def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """It says what must be in it."""
    shown = run("models", "add", tmp_path)
    assert (shown.exit_code, "model.bin, config.json, tokenizer.json" in shown.stderr) == (1, True)


# --- weights from the network ---------------------------------------------------------------------


def test_nothing_is_fetched_unless_the_user_says_so(home: Path) -> None:
    """The size, the place and the network are named first; where nobody can be asked, that is the end."""
    for words in (["--no-input"], []):
        shown = run("models", "fetch", "small.en", *words)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert "About 486 MB, from huggingface.co (Systran/faster-whisper-small.en)" in shown.stderr
        assert "This needs the network." in shown.stderr
        assert "Say so with --yes." in shown.stderr
        assert not home.exists()


def test_a_person_is_asked_and_may_say_no(home: Path) -> None:
    """Then nothing has happened."""
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:9", "TERM": "xterm", "COLUMNS": "80"}
    terminal = Terminal(command("models", "fetch", "small.en"), {**os.environ, **nowhere, "MOCKINT_HOME": str(home)})
    terminal.wait_for("Fetch it? [y/N]")
    terminal.press("n\n")
    terminal.wait_for("Nothing was fetched.")
    assert (terminal.process.wait(PATIENCE_S), home.exists()) == (0, False)


def test_without_a_network_it_says_so(home: Path) -> None:
    """One sentence, one hint, exit 1, and nothing that an engine would use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"  # bound, and nobody listens
        shown = fetch(home, nowhere)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "cannot be reached." in shown.stderr
    assert "is this computer online?" in shown.stderr
    assert "Traceback" not in shown.stderr
    [listed] = [each for each in run("models", "--json").objects if each["name"] == "base.en"]
    assert not listed["installed"]


def test_fetched_weights_are_an_engine(home: Path) -> None:
    """Only the repository that was named is asked for, and the answer is transcribed by what it gave."""
    with ModelHub(REPOSITORY, whisper_base()) as hub:
        shown = fetch(home, hub.endpoint)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "Fetching 148 MB" in shown.stderr
    assert sorted(hub.asked) == sorted(
        [f"/api/models/{REPOSITORY}", *(f"/{REPOSITORY}/resolve/{COMMIT}/{name}" for name in whisper_base())]
    )
    [listed] = [each for each in run("models", "--json").objects if each["name"] == "base.en"]
    assert (listed["installed"], listed["folder"]) == (True, str(home / "models" / "base.en"))
    assert run("models", "use", "base.en").exit_code == 0
    [result] = run("score", ANSWER, "--json").objects
    assert "whisper base.en" in result["engine"]
    assert "customer support" in " ".join(word["text"].lower() for word in result["words"])


def test_an_interrupted_fetch_goes_on_where_it_stopped(home: Path) -> None:
    """What had come is not fetched twice, and until all of it is there the engine does not exist."""
    with ModelHub(REPOSITORY, whisper_base(), breaks_off_after=BREAK_BYTE_COUNT) as hub:
        broken = fetch(home, hub.endpoint)
        assert (broken.exit_code, "it goes on where it stopped" in broken.stderr) == (1, True)
        assert "is not here yet" in run("score", ANSWER, "--engine", "base.en").stderr
        hub.breaks_off_after = None
        hub.asked.clear()
        assert fetch(home, hub.endpoint).exit_code == 0
    model = f"/{REPOSITORY}/resolve/{COMMIT}/model.bin"
    assert [asked for asked in hub.asked if asked.startswith(model)] == [f"{model} bytes={BREAK_BYTE_COUNT}-"]
    assert (home / "models" / "base.en" / "model.bin").read_bytes() == whisper_base()["model.bin"]


@pytest.mark.parametrize("spoilt", ["model.bin", "tokenizer.json"])
def test_a_corrupted_file_is_refused(home: Path, spoilt: str) -> None:
    """It has not the hash that the hub states: it is deleted, and the next fetch brings it anew."""
    with ModelHub(REPOSITORY, whisper_base(), spoils=spoilt) as hub:
        shown = fetch(home, hub.endpoint)
        assert (shown.exit_code, f"{spoilt} arrived damaged" in shown.stderr) == (1, True)
        assert not (home / "models" / "base.en").exists()
        hub.spoils = None
        assert fetch(home, hub.endpoint).exit_code == 0


def test_a_repository_without_a_whisper_is_refused(home: Path) -> None:
    """Something else lies under that name."""
    with ModelHub(REPOSITORY, {"config.json": json.dumps({}).encode()}) as hub:
        shown = fetch(home, hub.endpoint)
    assert (shown.exit_code, "has no Whisper under" in shown.stderr) == (1, True)


@pytest.mark.usefixtures("home")
def test_only_known_weights_can_be_fetched() -> None:
    """The names are given."""
    shown = run("models", "fetch", "gigantic", "--yes")
    assert (shown.exit_code, "There are: tiny.en, base.en" in shown.stderr) == (2, True)
