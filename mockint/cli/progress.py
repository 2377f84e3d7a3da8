"""`mockint progress`: how delivery moves over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli import wiring
from mockint.cli.options import ProgressOptions
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from mockint.drills.effect import DrillEffect
    from mockint.model import Question
    from mockint.progress import Event, QuestionKey, Report, TakePoints
    from mockint.store.takes import Store


@click.command()
@click.option("--competency", metavar="NAME", help="Only takes of one competency.")
@click.option("--question", metavar="ID", help="Only takes of one question.")
@click.option("--typed", is_flag=True, help="Only typed answers; else the spoken ones, if there are any.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page to FILE.")
@click.option("--open", "open_page", is_flag=True, help="Show it as a page in the browser.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table: a row for each take and measure.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(**given: Any) -> None:
    """Show each measure over all your sessions, and whether it really moved or only wavered.

    The page has pictures of it all, each with a table beside it; it is one file, and loads nothing from anywhere.
    """
    from mockint.cli.drill_effect import effect_of_drills

    options = ProgressOptions(**given)
    with wiring.store() as store:
        asked = store.asked_questions()
        question = None if options.question is None else _question(options.question, asked)
        if options.as_csv:
            _print_csv(store, question, options.competency)
            return
        shown = _report(store, asked, question, options)
        of_drills = effect_of_drills(store) if options.is_of_all else None
    _show(shown, options, of_drills)


def _report(store: Store, asked: Sequence[Question], question: Question | None, options: ProgressOptions) -> Report:
    from mockint.progress import QuestionKey, measures_of, report_of

    present = {QuestionKey(each.bank_id, old): _key(each) for each in asked for old in each.aliases}
    points = store.points(question=question).renamed(present)
    only = [] if question is None else [f"question: {question.text}"]
    if options.competency is not None:
        _check_competency(options.competency, points.competencies.kinds)
        points = points.only(points.competencies.rows_of(options.competency))
        only.append(f"competency: {options.competency}")
    points, kind = _spoken_or_typed(points, typed=options.typed)
    only += [] if kind is None else [kind]
    return report_of(
        points,
        measures_of(store.take(points.newest_take_id)) if len(points) else (),
        now=wiring.now(),
        day_of=_local_day,
        question_texts={_key(each): each.text for each in asked},
        only=", ".join(only) or None,
        events=_interviews(store),
    )


def _spoken_or_typed(points: TakePoints, *, typed: bool) -> tuple[TakePoints, str | None]:
    """Return the takes of one kind, and which kind that is where there are typed ones: they are never compared.

    Raises UsageProblem.
    """
    from mockint.typed import ENGINE

    typed_rows = points.origins.rows_where(lambda origin: origin.engine == ENGINE)
    spoken_rows = points.origins.rows_where(lambda origin: origin.engine != ENGINE)
    if typed and not typed_rows.size:
        raise UsageProblem("There are no typed answers.", "Type some: mockint practice --typed")
    if not typed_rows.size:
        return points, None
    if typed or not spoken_rows.size:
        return points.only(typed_rows), "typed answers"
    return points.only(spoken_rows), "spoken answers"


def _interviews(store: Store) -> list[Event]:
    """Return the real interviews that have been, each with how many of its questions were hard."""
    from mockint.afterwards.wishes import past_interviews
    from mockint.progress import Event

    found = past_interviews(store.afterwards.search(), wiring.now().date())
    return [Event(on=day, label=label) for day, label in found]


def _show(report: Report, options: ProgressOptions, of_drills: DrillEffect | None) -> None:
    from mockint.cli import console

    if options.as_page:
        from mockint.cli.page_file import put_page
        from mockint.pages.progress_page import progress_page

        put_page("progress.html", progress_page(report, of_drills), options.html, open_it=options.open_page)
    elif options.as_json:
        from mockint.pages.promised import report_object

        console.print_json(report_object(report, of_drills))
    else:
        from mockint.pages.trends import trend_lines

        console.print_lines(trend_lines(report, of_drills))


def _print_csv(store: Store, question: Question | None, competency: str | None) -> None:
    import csv
    import sys

    from mockint.store.points import Measurement

    measured = store.measurements(question=question)
    if competency is not None:
        _check_competency(competency, (each.competency for each in measured))
    writer = csv.writer(sys.stdout, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(Measurement._fields)
    is_graded = wiring.settings().grade
    for each in measured:
        if competency in {None, each.competency}:
            writer.writerow(each if is_graded else each._replace(points=None))


def _question(name: str, asked: Sequence[Question]) -> Question:
    """Return the question of an id, also one that it had before. Raises UsageProblem."""
    for question in reversed(asked):
        if name in {question.id, f"{question.bank_id}/{question.id}", *question.aliases}:
            return question
    raise _no_takes_of("question", name, (question.id for question in asked))


def _check_competency(name: str, answered: Iterable[str | None]) -> None:
    """Raises UsageProblem where nothing of that competency was answered."""
    known = {competency for competency in answered if competency is not None}
    if name not in known:
        raise _no_takes_of("competency", name, sorted(known))


def _no_takes_of(what: str, name: str, known: Iterable[str]) -> Exception:
    import difflib

    near = difflib.get_close_matches(name, known := list(known), n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "'mockint progress' lists those that you have answered."
    return UsageProblem(f"There are no takes of the {what} '{name}'.", hint)


def _key(question: Question) -> QuestionKey:
    from mockint.progress import QuestionKey

    return QuestionKey(question.bank_id, question.id)


def _local_day(at: datetime) -> date:
    """Return the day on which a moment was here."""
    return at.astimezone().date()
