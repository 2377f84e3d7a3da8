"""`mockint review --compare`: two takes side by side, in the terminal, as JSON or as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.cli.options import ReviewOptions
    from mockint.cli.settings import Settings
    from mockint.comparison import Comparison, OtherTakes
    from mockint.model import Take
    from mockint.store.takes import Store

PREVIOUS, FIRST = "previous", "first"
"""Beside another take: the one of its question just before it, or the first one."""


def compare_takes(names: tuple[str, str], store: Store, options: ReviewOptions, settings: Settings) -> None:
    """Show two takes side by side. Raises UsageProblem."""
    from mockint.cli import console

    if options.takes or options.session_id is not None or options.play or options.times:
        raise UsageProblem("A comparison is of the two takes behind --compare.", "mockint review --compare 3 12")
    if options.as_page and options.as_json:
        raise UsageProblem("A comparison is a page or JSON, not both.", "mockint review --compare 3 12 --open")
    takes = two_takes(store, names)
    if any(take.result is None and take.audio is not None for take in takes):
        recogniser = wiring.recogniser(options.engine or settings.engine, options.weights)
        takes = tuple(wiring.scored(take, store, recogniser, settings.scoring) for take in takes)
    comparison = _comparison(takes, store, settings, graded=options.is_graded(settings))
    if options.as_page:
        _write_page(comparison, settings, options.html, open_it=options.open_page)
    elif options.as_json:
        from mockint.pages.promised import comparison_object

        console.print_json(comparison_object(comparison))
    else:
        from mockint.pages.compared import comparison_lines

        console.print_lines(comparison_lines(comparison))


def two_takes(store: Store, names: tuple[str, str]) -> tuple[Take, ...]:
    """Return the two takes that are meant: numbers, 'last', or beside one of these 'previous' or 'first'.

    Raises UsageProblem.
    """
    named = [wiring.take_named(store, name) for name in names if name not in (PREVIOUS, FIRST)]
    if not named:
        raise UsageProblem(
            f"'{names[0]}' needs a take beside it.", "For example: mockint review --compare previous last"
        )
    takes = (*named, *(_earlier(store, named[0], name) for name in names if name in (PREVIOUS, FIRST)))
    if takes[0].id == takes[1].id:
        raise UsageProblem(f"Take {takes[0].id} cannot be compared with itself.", "Name two takes.")
    return takes


def _earlier(store: Store, take: Take, name: str) -> Take:

    earlier = [
        each for each in store.takes(question=take.question) if (each.asked_at, each.id) < (take.asked_at, take.id)
    ]
    if not earlier:
        raise UsageProblem(
            f"Take {take.id} is the first one of its question.",
            f"Answer it again: mockint practice {take.question.bank_id} --question {take.question.id}",
        )
    return earlier[0] if name == FIRST else earlier[-1]


def _comparison(takes: tuple[Take, ...], store: Store, settings: Settings, *, graded: bool) -> Comparison:
    from mockint.adapted import as_before
    from mockint.comparison import compare

    one, other = (wiring.take_to_show(take, graded=graded) for take in takes)
    method = settings.scoring if one.result is None else as_before(settings.scoring, one.result.score.method_version)
    return compare(one, other, _other_takes(takes, store), method)


def _other_takes(takes: tuple[Take, ...], store: Store) -> OtherTakes:
    """Return what all other takes measured that were heard and scored as the first of the two was."""
    import numpy as np

    from mockint.comparison import OtherTakes
    from mockint.progress import Origin

    result = takes[0].result
    if result is None:
        return OtherTakes()
    points = store.points()
    alike = points.origins.rows_of(Origin(result.score.method_version, result.delivery.engine))
    others = points.only(alike[~np.isin(points.take_ids[alike], [take.id for take in takes])])
    return OtherTakes(
        session_count=len(set(others.session_ids.tolist())),
        values={name: values[np.isfinite(values)].tolist() for name, values in others.measures.items()},
    )


def _write_page(comparison: Comparison, settings: Settings, file: Path | None, *, open_it: bool) -> None:
    from mockint.cli.page_file import put_page
    from mockint.cli.review_file import page_sound
    from mockint.pages.compare_page import compare_page

    before, after = comparison.before, comparison.after
    page = compare_page(comparison, page_sound(before), page_sound(after), settings.scoring)
    put_page(f"takes-{before.id}-{after.id}.html", page, file, open_it=open_it)
