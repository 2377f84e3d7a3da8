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
from mockint.store.takes import Store

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)

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
        (take,) = store.recover()
        assert (take.duration_s, take.question.id, store.takes()) == (2.0, "one", (take,))
        assert read_audio(store.audio(take.id)).recording.duration_s == 2.0


@pytest.mark.usefixtures("killed")
def test_take_is_recovered_once(home: Path) -> None:
    """A second look finds nothing more, and no lock is left behind."""
    with Store(home) as store:
        (take,) = store.recover()
        assert (store.recover(), list(store.audio(take.id).parent.iterdir())) == ((), [take.audio])


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
        (take,) = store.recover()
    assert (while_speaking, take.duration_s) == ((), 0.5)


def test_take_without_a_word_is_dropped(home: Path) -> None:
    """Where mockint was killed before the first block, nothing is left."""
    child = speaking(home, block_count=0)
    child.kill()
    child.communicate()
    with Store(home) as store:
        assert (store.recover(), store.describe().recording_count) == ((), 0)
        assert store.recover() == ()


def test_discarded_take_leaves_nothing(home: Path) -> None:
    """Where nothing was said at all, there is neither take nor file."""
    with Store(home) as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
        keeper.begin(builders.question(), NOON).discard()
        assert (store.takes(), store.recover()) == ((), ())
        assert [path for path in (home / "recordings").rglob("*") if path.is_file()] == []
