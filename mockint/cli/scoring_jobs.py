"""Scoring many files, one after another or several at a time, each in a process with a recogniser of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.errors import AudioFileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mockint.interview import Recogniser
    from mockint.model import Result
    from mockint.scoring import ScoringMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How each file is to be scored."""

    engine: str
    weights: Path | None
    method: ScoringMethod
    graded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What became of one file: a result, or the problem that it has."""

    path: Path
    outcome: Result | AudioFileProblem


def score_all(paths: Sequence[Path], job: Job, process_count: int) -> Iterator[Scored]:
    """Yield each file as it is done: with one process in order, with several as they come."""
    if process_count == 1 or len(paths) < 2:  # noqa: PLR2004 - one file keeps one process busy
        _open_recogniser(job)
        yield from (_score(path) for path in paths)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    # Not forked: the threads of the speech libraries do not survive that.
    pool = ProcessPoolExecutor(
        min(process_count, len(paths)), mp_context=get_context("spawn"), initializer=_open_recogniser, initargs=(job,)
    )
    try:
        for future in as_completed([pool.submit(_score, path) for path in paths]):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Opened:
    job: Job
    recogniser: Recogniser


_opened: list[_Opened] = []
"""The recogniser of this process: weights are loaded once, not once a file."""


def _open_recogniser(job: Job) -> None:
    from mockint.cli import wiring

    _opened[:] = [_Opened(job, wiring.recogniser(job.engine, job.weights, say=False))]


def _score(path: Path) -> Scored:
    from mockint.scoring import ungraded

    [opened] = _opened
    try:
        result = score_file(path, opened.recogniser, opened.job.method)
    except AudioFileProblem as problem:
        return Scored(path=path, outcome=problem)
    return Scored(path=path, outcome=result if opened.job.graded else ungraded(result))


def score_file(path: Path, recogniser: Recogniser, method: ScoringMethod) -> Result:
    """Measure and score one file. Raises AudioFileProblem."""
    from mockint.devices.audiofile import open_audio
    from mockint.interview import judge_recording

    audio = open_audio(path)
    return judge_recording(audio.blocks(block_s=1.0), recogniser, None, method, audio.caveats)
