"""Listening to one answer: a worker transcribes each chunk while the speaker goes on.

`hear` only puts samples into a queue, so a slow recogniser can never stall the microphone. Every engine works behind
this one plumbing; it differs only in how it transcribes a chunk.

A thorough engine needs a second or two for the last chunk. Where it has a quick engine beside it, that one listens in
a thread of its own, on short chunks, and stands in for whatever the thorough one has not heard yet: so there is a first
result at once, and a better one soon after.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Queue
from typing import TYPE_CHECKING, Protocol, TypeVar

from mockint.devices.recognisers.chunks import Chunker, ChunkSettings
from mockint.errors import NoRecogniser
from mockint.model import SAMPLE_RATE_HZ, FillerCandidate, NoTranscript, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mockint.devices.recognisers.chunks import Chunk, VoiceDetector
    from mockint.model import Samples, Span

Timed = TypeVar("Timed", Word, FillerCandidate)

QUICK_CHUNKS = ChunkSettings(
    lead_in_s=0.3, tail_s=0.3, enough_silence_s=((0.0, 0.2),), longest_s=5.0, search_back_s=2.0
)
"""Short, so that hardly anything is left to do when the answer ends; a quick engine takes a tenth of their length."""

QUICK_PATIENCE_S = 5.0
"""A first result that comes later than this is none."""

FALLEN_BEHIND_S = 5.0
"""A chunk takes a second or two. Where more sound than this waits, the computer is slower than the speaker."""

BLOCKS_AHEAD = 100
"""How far a file may be read ahead of the recogniser: five seconds of sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an engine made of one chunk; times in seconds from the start of the chunk."""

    words: tuple[Word, ...] = ()
    filler_candidates: tuple[FillerCandidate, ...] = ()
    listeners: tuple[str, ...] = ()
    """Everyone who was asked for candidates."""


class ChunkFailed(Exception):
    """An engine could not transcribe a chunk; the message says why, in words for the user."""


class Engine(Protocol):
    """Transcribes a chunk at a time."""

    name: str
    caveats: tuple[str, ...]

    def prepare(self) -> None:
        """Load what is slow to load. Called from any thread, any number of times."""

    def transcribe(self, samples: Samples) -> Heard:
        """Transcribe one chunk, mono float32 at 16 kHz, at most `ChunkSettings.longest_s` long. Raises ChunkFailed."""


class ChunkedRecogniser:
    """Any engine, behind the plumbing that cuts, gates and queues; `quick` is a faster one for the first result.

    chunks: where the engine's own chunks are cut; the quick one's are always short.
    """

    def __init__(
        self,
        engine: Engine,
        detector: Callable[[], VoiceDetector],
        *,
        quick: Engine | None = None,
        chunks: ChunkSettings | None = None,
        patience_s: float = 120.0,
    ) -> None:
        self._engine = engine
        self._detector = detector
        self._quick = quick
        self._chunks = chunks
        self._patience_s = patience_s

    @property
    def name(self) -> str:
        """Engine and weights, with versions."""
        return self._engine.name

    def prepare(self) -> None:
        """Load the engine in a thread of its own, so that it is ready when the first answer begins."""
        threading.Thread(target=self._prepare, name="mockint-loading", daemon=True).start()

    def load(self) -> None:
        """Load the engine and return when it is ready. Raises NoRecogniser."""
        self._engine.prepare()

    def listen(self, *, live: bool = True) -> ThreadedListening | TwoSpeedListening:
        """Begin one answer. live: it comes at the speed of speech, and somebody waits for the first result."""
        thorough = ThreadedListening(self._hearing(), self._patience_s, live=live)
        if self._quick is None or not live:
            return thorough
        quick = Hearing(self._quick, Chunker(self._detector(), QUICK_CHUNKS))
        return TwoSpeedListening(thorough, ThreadedListening(quick, QUICK_PATIENCE_S, live=live))

    def transcribe(self, blocks: Iterable[Samples]) -> Transcript | NoTranscript:
        """Transcribe sound that is already there, in this thread and in bounded memory."""
        hearing = self._hearing()
        for samples in blocks:
            hearing.feed(samples)
        return hearing.finish()

    def _prepare(self) -> None:
        with suppress(NoRecogniser):  # said again, with its reason, when the first chunk needs the engine
            self._engine.prepare()

    def _hearing(self) -> Hearing:
        return Hearing(self._engine, Chunker(self._detector(), self._chunks))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardUntil:
    """What was heard so far; times in seconds from the start of the answer."""

    until_s: float = 0.0
    """Where the last chunk ended that was transcribed, or given up."""
    words: tuple[Word, ...] = ()
    filler_candidates: tuple[FillerCandidate, ...] = ()
    listeners: tuple[str, ...] = ()


class Hearing:
    """One answer, chunk by chunk, in the caller's thread."""

    def __init__(self, engine: Engine, chunker: Chunker) -> None:
        self.engine = engine
        self.chunker = chunker
        self.so_far = HeardUntil()
        """Replaced as a whole after each chunk, so another thread may read it at any time."""
        self._failures: list[str] = []
        self._chunk_count = 0

    def feed(self, samples: Samples) -> None:
        """Take the next samples and transcribe the chunks that they complete."""
        for chunk in self.chunker.feed(samples):
            self._transcribe(chunk)

    def finish(self) -> Transcript | NoTranscript:
        """Transcribe what is left and return all of it."""
        last = self.chunker.finish()
        if last is not None:
            self._transcribe(last)
        if self._failures and self._chunk_count == len(self._failures):
            return NoTranscript(reason=self._failures[0], engine=self.engine.name, speech=self.chunker.speech)
        return _transcript(self.so_far, self.engine, self.chunker.speech, self._partial())

    def _partial(self) -> tuple[str, ...]:
        if not self._failures:
            return ()
        return (f"{len(self._failures)} of {self._chunk_count} stretches were not transcribed: {self._failures[0]}",)

    def _transcribe(self, chunk: Chunk) -> None:
        self._chunk_count += 1
        try:
            heard = self.engine.transcribe(chunk.samples)
        except ChunkFailed as failure:
            self._failures.append(str(failure))
            heard = Heard()
        except NoRecogniser as problem:
            self._failures.append(f"{problem.problem} {problem.hint}".strip())
            heard = Heard()
        except Exception as error:  # noqa: BLE001 - whatever an engine's libraries raise becomes a reason, never a lost take
            self._failures.append(f"the recogniser failed ({type(error).__name__})")
            heard = Heard()
        before = self.so_far
        self.so_far = HeardUntil(
            until_s=chunk.end_s,
            words=(*before.words, *(_shifted(word, chunk.start_s) for word in heard.words)),
            filler_candidates=(
                *before.filler_candidates,
                *(_shifted(candidate, chunk.start_s) for candidate in heard.filler_candidates),
            ),
            listeners=tuple(sorted({*before.listeners, *heard.listeners})),
        )


class ThreadedListening:
    """One answer being transcribed in a thread of its own while it is spoken."""

    def __init__(self, hearing: Hearing, patience_s: float, *, live: bool = True) -> None:
        self.hearing = hearing
        self._patience_s = patience_s
        # A speaker cannot be asked to wait; a file can, and an hour of it must not pile up in memory.
        self._queue: Queue[Samples | None] = Queue(0 if live else BLOCKS_AHEAD)
        self._heard_count = self._taken_count = 0  # samples put into the queue, and out of it
        self._outcome: Transcript | NoTranscript | None = None
        self._worker = threading.Thread(target=self._work, name="mockint-listening", daemon=True)
        self._worker.start()

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since speech was last heard; None before the first speech."""
        return self.hearing.chunker.silent_for_s

    @property
    def so_far(self) -> HeardUntil:
        """What was heard until now, a few seconds behind the speaker."""
        return self.hearing.so_far

    @property
    def behind_s(self) -> float:
        """How much sound waits for its turn."""
        return (self._heard_count - self._taken_count) / SAMPLE_RATE_HZ

    def hear(self, samples: Samples) -> None:
        """Take the next samples (mono float32, 16 kHz). Returns at once where the answer is live."""
        self._heard_count += len(samples)
        self._queue.put(samples)

    def first(self) -> Transcript | NoTranscript | None:
        """There is nothing quicker than `finish`."""
        return None

    def finish(self) -> Transcript | NoTranscript:
        """Wait for what is still to be transcribed and return all of it."""
        self._queue.put(None)
        self._worker.join(self._patience_s)
        if self._outcome is None:
            late = f"the recogniser did not finish within {self._patience_s:.0f} s"
            return NoTranscript(reason=late, engine=self.hearing.engine.name)
        return self._outcome

    def _work(self) -> None:
        while (samples := self._queue.get()) is not None:
            self._taken_count += len(samples)
            self.hearing.feed(samples)
        self._outcome = self.hearing.finish()


class TwoSpeedListening:
    """A thorough listening, and a quick one that stands in for what the thorough one has not heard yet."""

    def __init__(self, thorough: ThreadedListening, quick: ThreadedListening) -> None:
        self._thorough = thorough
        self._quick = quick
        self._first: Transcript | NoTranscript | None = None

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since speech was last heard, by the one that is never behind; None before the first speech."""
        return self._quick.silent_for_s

    @property
    def so_far(self) -> HeardUntil:
        """What was heard until now, by the one that is never behind."""
        return self._quick.so_far

    def hear(self, samples: Samples) -> None:
        """Take the next samples (mono float32, 16 kHz). Returns at once."""
        self._thorough.hear(samples)
        self._quick.hear(samples)

    def first(self) -> Transcript | NoTranscript | None:
        """There is no more: what is known at once, and how far behind the thorough engine is, where it cannot keep up.

        None where the quick engine failed.
        """
        behind_s = self._thorough.behind_s
        thorough = self._thorough.hearing.so_far
        quick = self._quick.finish()
        if isinstance(quick, NoTranscript) and not quick.no_speech:
            return None
        hearing = self._quick.hearing
        both = _continued(thorough, hearing.so_far)
        self._first = _transcript(both, self._thorough.hearing.engine, hearing.chunker.speech)
        if behind_s < FALLEN_BEHIND_S or isinstance(self._first, NoTranscript):
            return self._first
        slow = f"This computer is {behind_s:.0f} s of sound behind: the final result takes a while."
        return replace(self._first, caveats=(*self._first.caveats, slow))

    def finish(self) -> Transcript | NoTranscript:
        """Wait for the thorough one. Where it failed, what was known at once is what there is."""
        outcome = self._thorough.finish()
        if isinstance(outcome, Transcript) or outcome.no_speech or not isinstance(self._first, Transcript):
            return outcome
        only = f"Only the quick recogniser finished: {outcome.reason}."
        return replace(self._first, engine=self._quick.hearing.engine.name, caveats=(*self._first.caveats, only))


def _continued(thorough: HeardUntil, quick: HeardUntil) -> HeardUntil:
    """The thorough account as far as it goes, then the quick one."""
    later_words = tuple(word for word in quick.words if word.start_s >= thorough.until_s)
    later_claims = tuple(claim for claim in quick.filler_candidates if claim.start_s >= thorough.until_s)
    return HeardUntil(
        until_s=quick.until_s,
        words=(*thorough.words, *later_words),
        filler_candidates=(*thorough.filler_candidates, *later_claims),
        listeners=thorough.listeners or quick.listeners,
    )


def _transcript(
    heard: HeardUntil, engine: Engine, speech: tuple[Span, ...], caveats: tuple[str, ...] = ()
) -> Transcript | NoTranscript:
    if not heard.words and not heard.filler_candidates:
        return NoTranscript(reason="no speech was heard", engine=engine.name, no_speech=True, speech=speech)
    return Transcript(
        words=tuple(sorted(heard.words, key=lambda word: word.start_s)),
        engine=engine.name,
        speech=speech,
        filler_candidates=tuple(sorted(heard.filler_candidates, key=lambda candidate: candidate.start_s)),
        listeners=heard.listeners,
        caveats=engine.caveats + caveats,
    )


def _shifted(item: Timed, by_s: float) -> Timed:
    return replace(item, start_s=item.start_s + by_s, end_s=item.end_s + by_s)
