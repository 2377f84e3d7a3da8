"""A crash in the middle of an answer loses at most the block that was being written."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timezone
from typing import TYPE_CHECKING

import builders
import pytest

from mockint.devices.audiofile import RecordingWriter, read_audio
from mockint.store.keeper import SessionKeeper
from mockint.store.recordings import set_aside
from mockint.store.recovery import Recovery
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
NOTHING = Recovery(takes=(), set_aside=())

SPEAK_UNTIL_KILLED = """
import sys
from datetime import datetime, timezone
from pathlib import Path
import numpy as np
from mockint.devices.audiofile import RecordingWriter
from mockint.model import Question
from mockint.store.keeper import SessionKeeper
from mockint.store.takes import Store

def now():
    return datetime.now(timezone.utc)

store = Store(Path(sys.argv[1]))
session = store.begin_session(bank_id="bank", mode="practice", started_at=now())
keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=now)
recording = keeper.begin(Question(bank_id="bank", id="one", text="What did you do?"), now())
for _ in range(int(sys.argv[2])):
    recording.write(np.full(1600, 0.25, np.float32))
print("spoken", flush=True)
sys.stdin.read()
"""


def speaking(home: Path, block_count: int) -> subprocess.Popen[str]:
    """Another mockint that has recorded so many blocks of 0.1 s and goes on."""
    command = [sys.executable, "-c", SPEAK_UNTIL_KILLED, str(home), str(block_count)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "spoken\n"
    return child


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data home that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def killed(home: Path) -> None:
    """A home in which 2 s of an answer were spoken when mockint was killed."""
    child = speaking(home, block_count=20)
    child.kill()
    child.communicate()


@pytest.mark.usefixtures("killed")
def test_killed_take_is_completed_at_the_next_start(home: Path) -> None:
    """After kill -9, the take is there with everything that was spoken, and can be played."""
    with Store(home) as store:
        (take,) = store.recover().takes
        assert (take.duration_s, take.question.id, store.takes()) == (2.0, "one", (take,))
        assert read_audio(store.audio(take.id)).recording.duration_s == 2.0


@pytest.mark.usefixtures("killed")
def test_take_is_recovered_once(home: Path) -> None:
    """A second look finds nothing more, and no lock is left behind."""
    with Store(home) as store:
        (take,) = store.recover().takes
        assert (store.recover(), list(store.audio(take.id).parent.iterdir())) == (NOTHING, [take.audio])


@pytest.mark.usefixtures("killed")
def test_unfinished_take_is_not_shown(home: Path) -> None:
    """Until it is recovered, a take that was cut off counts nowhere."""
    with Store(home) as store:
        assert (store.takes(), store.last_session(), store.describe().take_count) == ((), None, 0)


def test_take_being_spoken_elsewhere_is_left_alone(home: Path) -> None:
    """A second mockint does not touch what the first is recording at this moment."""
    child = speaking(home, block_count=5)
    with Store(home) as store:
        while_speaking = store.recover()
        child.kill()
        child.communicate()
        (take,) = store.recover().takes
    assert (while_speaking, take.duration_s) == (NOTHING, 0.5)


def test_take_without_a_word_is_dropped(home: Path) -> None:
    """Where mockint was killed before the first block, nothing is left."""
    child = speaking(home, block_count=0)
    child.kill()
    child.communicate()
    with Store(home) as store:
        assert (store.recover(), store.describe().recording_count) == (NOTHING, 0)
        assert store.recover() == NOTHING


@pytest.mark.usefixtures("killed")
def test_recording_that_cannot_be_played_is_set_aside(home: Path) -> None:
    """Where a power cut took the header, the sound is moved to a folder of its own: nothing is deleted."""
    [recording] = (home / "recordings").rglob("*.wav")
    spoken = bytes(44) + recording.read_bytes()[44:]
    recording.write_bytes(spoken)
    with Store(home) as store:
        recovered = store.recover()
        assert (recovered.takes, store.recover(), store.takes()) == ((), NOTHING, ())
        [aside] = recovered.set_aside
        assert (aside, aside.read_bytes()) == (home / "lost+found" / recording.name, spoken)
        assert (aside.stat().st_mode & 0o777, aside.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert store.survey().set_aside == (aside,)
    assert [path for path in (home / "recordings").rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("killed")
def test_recording_whose_end_is_not_on_the_disk_is_as_long_as_it_is(home: Path) -> None:
    """The header tells of 2 s, and a power cut left 1.5 s of them."""
    [recording] = (home / "recordings").rglob("*.wav")
    recording.write_bytes(recording.read_bytes()[: 44 + 48000])
    with Store(home) as store:
        (take,) = store.recover().takes
        assert (take.duration_s, read_audio(store.audio(take.id)).recording.duration_s) == (1.5, 1.5)


def test_set_aside_never_takes_the_place_of_another(tmp_path: Path) -> None:
    """Two recordings of one name are two files."""
    for sound in (b"first", b"second"):
        path = tmp_path / "recordings" / "take.wav"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(sound)
        set_aside(tmp_path, path)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "lost+found").iterdir()}
    assert kept == {"take.wav": b"first", "take-2.wav": b"second"}


@pytest.mark.usefixtures("killed")
def test_what_has_come_apart_is_told_and_left_as_it_is(home: Path) -> None:
    """A recording without a take, and a take without a recording."""
    with Store(home) as store:
        (take,) = store.recover().takes
        assert store.survey().is_well
        stray = store.audio(take.id).rename(home / "recordings" / "copy.wav")
        found = store.survey()
        assert (found.stray_recordings, found.takes_without_recording) == ((stray,), (take.id,))
        assert (store.survey(), stray.exists(), store.take(take.id).audio) == (found, True, None)


def test_discarded_take_leaves_nothing(home: Path) -> None:
    """Where nothing was said at all, there is neither take nor file."""
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
        keeper.begin(builders.question(), NOON).discard()
        assert (store.takes(), store.recover()) == ((), NOTHING)
        assert [path for path in (home / "recordings").rglob("*") if path.is_file()] == []
