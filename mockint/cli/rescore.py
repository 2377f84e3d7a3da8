"""`mockint data rescore`: stored takes by the present recogniser and method, beside what they were before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from mockint.adapted import as_before
from mockint.cli import wiring
from mockint.errors import AudioFileProblem, Interrupted, MockintError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.progress import Progress

    from mockint.interview import Recogniser
    from mockint.model import Result, Take
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store


@click.command("rescore")
@click.argument("takes", nargs=-1, type=click.IntRange(1), metavar="[TAKE]...")
@click.option("--all", "every", is_flag=True, help="All takes.")
@click.option("--force", is_flag=True, help="Also takes that this recogniser and method scored before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each take that was scored.")
@wiring.grade_option
@wiring.engine_options
def rescore(
    *,
    takes: tuple[int, ...],
    every: bool,
    force: bool,
    as_json: bool,
    grade: bool | None,
    engine: str | None,
    weights: Path | None,
) -> None:
    """Score TAKEs anew from their recordings, by the present recogniser and method.

    What they were before is kept, and your corrections are laid over the new transcript too. Ctrl-C stops between two
    takes; the same command then goes on where it stopped.
    """
    if bool(takes) == every:
        raise UsageProblem("Name takes, or all of them.", "mockint data rescore 12, or mockint data rescore --all")
    settings = wiring.settings()
    with wiring.store() as store:
        chosen = store.take_ids() if every else [store.take(take_id).id for take_id in takes]
        recogniser = wiring.recogniser(engine or settings.engine, weights)
        run = _Run(store, recogniser, settings.scoring, force, settings.shows_points(grade), as_json)
        _rescore(chosen, run)


@dataclass(slots=True)
class _Run:
    """One run over many takes, and how far it has come."""

    store: Store
    recogniser: Recogniser
    method: ScoringMethod
    force: bool
    graded: bool
    as_json: bool
    scored_count: int = 0
    skipped_count: int = 0
    failed_count: int = 0

    def __str__(self) -> str:
        counts = ((self.scored_count, "scored anew"), (self.skipped_count, "skipped"), (self.failed_count, "failed"))
        return ", ".join(f"{count} {what}" for count, what in counts if count) or "no takes"


def _rescore(take_ids: Sequence[int], run: _Run) -> None:
    progress = _progress()
    task = progress.add_task("Scoring anew", total=len(take_ids))
    try:
        for take_id in take_ids:
            _one(run.store.take(take_id), run, progress)
            progress.advance(task)
    except KeyboardInterrupt:
        raise Interrupted(
            f"Stopped after {run.scored_count + run.skipped_count} of {len(take_ids)} takes ({run}).",
            "The same command goes on from here; --force begins anew.",
        ) from None
    click.echo(f"Takes: {run}.", err=True)
    if run.failed_count:
        raise MockintError(f"{run.failed_count} of {len(take_ids)} takes could not be scored.")


def _one(take: Take, run: _Run, progress: Progress) -> None:
    heard = run.store.heard_result(take.id)
    # One that was scored as a stammer, or with more time, is so again.
    method = run.method if heard is None else as_before(run.method, heard.score.method_version)
    reason = _why_not(take, heard, run, method)
    if reason is not None or take.audio is None:
        run.skipped_count += 1
        click.echo(f"Take {take.id} is skipped: {reason}.", err=True)
        return
    try:
        with progress:  # it is off the screen when results are printed
            anew = wiring.judged(take, take.audio, run.recogniser, method)
    except AudioFileProblem as problem:  # the other takes are scored all the same
        run.failed_count += 1
        wiring.complain(problem)
        return
    if heard is not None and heard.delivery.words_known and not anew.delivery.words_known and not run.force:
        run.skipped_count += 1
        click.echo(f"Take {take.id} is skipped: no words were heard now, and it has a transcript.", err=True)
        return
    after = _stored(take, anew, run, method)
    run.scored_count += 1
    _show(take, after, run)


def _why_not(take: Take, heard: Result | None, run: _Run, method: ScoringMethod) -> str | None:
    if take.typed is not None:
        return "it was typed, and has no recording"
    if take.audio is None:
        return "its recording is not kept any more"
    if heard is None or run.force:
        return None
    same = (heard.delivery.engine, heard.score.method_version) == (run.recogniser.name, method.version)
    return "this recogniser and method scored it before" if same else None


def _stored(take: Take, anew: Result, run: _Run, method: ScoringMethod) -> Take:
    """Store the new result, and together with it that result as the person corrected it."""
    from mockint.correction import corrected_result, in_force

    corrections = run.store.corrections(take.id)
    has_words = anew.delivery.words_known and bool(in_force(corrections))
    corrected = corrected_result(anew, take.question, corrections, method) if has_words else None
    return run.store.add_rescored(take.id, anew, corrected, created_at=wiring.now())


def _show(before: Take, after: Take, run: _Run) -> None:
    from mockint.cli import console

    after = wiring.take_to_show(after, graded=run.graded)
    if run.as_json:
        from mockint.pages.promised import take_object

        console.print_json(take_object(after))
        return
    from mockint.pages.card import card
    from mockint.pages.changes import change_lines

    before = wiring.take_to_show(before, graded=run.graded)
    if before.result is None or after.result is None:
        console.print_lines(card(after))
        return
    console.print_lines([f"Take {after.id}", *change_lines(before.result, after.result)])


def _progress() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from mockint.cli import console

    columns: Any = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    messages = console.messages()
    # Results go to stdout as they are: rich must not send them where the bar is.
    return Progress(
        *columns,
        console=messages,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not messages.is_terminal,
    )
