"""What a session needs of the store (`interview.Keeper`): each answer goes to disk while it is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mockint.store.home import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from mockint.model import Question, Result, Samples, Take
    from mockint.store.takes import NewTake, Store


class Writer(Protocol):
    """Writes sound to a file that is valid after every block."""

    @property
    def duration_s(self) -> float:
        """How much is safely written."""

    def write(self, samples: Samples) -> None:
        """Put the next samples on disk. Raises StoreProblem."""

    def close(self) -> None:
        """Let go of the file."""


class SessionKeeper:
    """Keeps the takes of one session. open_writer: creates the file of a recording."""

    def __init__(
        self, store: Store, session_id: int, *, open_writer: Callable[[Path], Writer], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._session_id = session_id
        self._open_writer = open_writer
        self._now = now

    def begin(self, question: Question, asked_at: datetime) -> KeptRecording:
        """Open a recording for an answer to `question`."""
        new = self._store.begin_take(self._session_id, question, asked_at)
        writer = self._open_writer(new.path)
        new.path.chmod(FILE_MODE)
        return KeptRecording(self._store, new, writer)

    def keep_typed(self, question: Question, asked_at: datetime, *, text: str, duration_s: float) -> Take:
        """Keep an answer that was typed."""
        return self._store.keep_typed(self._session_id, question, asked_at, text=text, duration_s=duration_s)

    def add_result(self, take: Take, result: Result, *, result_delay_s: float | None) -> Take:
        """Store what was measured and scored beside the take, and return the take with it."""
        return self._store.add_result(take.id, result, created_at=self._now(), result_delay_s=result_delay_s)


class KeptRecording:
    """One answer on its way to disk."""

    def __init__(self, store: Store, new: NewTake, writer: Writer) -> None:
        self._store = store
        self._new = new
        self._writer = writer

    def write(self, samples: Samples) -> None:
        """Put the next samples on disk."""
        self._writer.write(samples)

    def keep(self, *, dropped_block_count: int) -> Take:
        """The answer is over: the take is stored before this returns."""
        self._writer.close()
        return self._store.keep_take(
            self._new, duration_s=self._writer.duration_s, dropped_block_count=dropped_block_count
        )

    def discard(self) -> None:
        """Nothing was said at all: leave no take behind."""
        self._writer.close()
        self._store.discard_take(self._new)
