"""`mockint review`: stored takes again."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli import wiring
from mockint.cli.comparing import compare_takes
from mockint.cli.correcting import Edits, correct, correction_options
from mockint.cli.marking import Marking, mark, marking_options, show_story
from mockint.cli.options import ReviewOptions
from mockint.cli.stories import show_stories
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockint.cli.correcting import Change
    from mockint.cli.settings import Settings
    from mockint.feedback import Feedback
    from mockint.model import Take
    from mockint.progress import OwnBand
    from mockint.store.takes import Store


@click.command()
@click.argument("takes", nargs=-1, metavar="[TAKE|last]...")
@click.option("--compare", nargs=2, metavar="TAKE TAKE", help="Two takes side by side: numbers, last, previous, first.")
@click.option("--session", "session_id", type=int, metavar="N", help="All takes of session N.")
@click.option("--play", is_flag=True, help="Play each recording too; Enter stops it.")
@click.option("--times", is_flag=True, help="Show when each word was said.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page to FILE.")
@click.option("--open", "open_page", is_flag=True, help="Show it as a page in the browser.")
@correction_options
@marking_options
@click.option("--stories", is_flag=True, help="The stories that you named: what each was told for, and how well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each take.")
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
@wiring.grade_option
@wiring.engine_options
def command(**given: Any) -> None:
    """Show transcript and score of takes: those of the last session, unless TAKEs (numbers, or 'last') are named.

    Fillers and pauses are marked in the text. A take that was interrupted before it was scored is scored now.

    --compare shows what changed from one take to another, whether that is real or within noise, and the words of both
    beside each other; 'previous' and 'first' are the takes of the same question before the other one.

    Where mockint heard you wrong, correct it by the time: the nearest word within a second is meant, the score follows,
    and what was heard first is kept.

    --covers and --star mark what of a strong answer was in it; review then shows your story beside the advised one.
    --story names the story, and --stories shows which you told for what, and what you have none for yet.
    """
    edits = Edits(**{field.name: given.pop(field.name) for field in fields(Edits)})
    marking = Marking(**{field.name: given.pop(field.name) for field in fields(Marking)})
    options, settings = ReviewOptions(**given), wiring.settings()
    if (edits or marking) and (options.as_page or options.compare is not None):
        raise UsageProblem("Correct the take first, then show its page.", "mockint review 12 --open")
    if options.stories and (edits or marking or options.names_takes):
        raise UsageProblem("--stories shows those of all takes: it stands alone.", "mockint review --stories")
    with wiring.store() as store:
        if options.stories:
            show_stories(store, graded=options.is_graded(settings), as_json=options.as_json)
            return
        if marking:
            options = replace(options, takes=(str(mark(marking, options.takes, store).id),))
        if edits:
            for change in correct(edits, options.takes, store, settings.scoring):
                _show_change(change, options, settings)
        elif options.compare is not None:
            compare_takes(options.compare, store, options, settings)
        else:
            _review(store, options, settings)


def _review(store: Store, options: ReviewOptions, settings: Settings) -> None:
    from mockint.cli import console
    from mockint.cli.playing import play_take
    from mockint.cli.review_file import write_page
    from mockint.pages.promised import take_object
    from mockint.pages.story import marks_object

    names = ("last",) if options.as_page and options.session_id is None and not options.takes else options.takes
    chosen = _chosen(store, names, options.session_id)
    if options.as_page and (len(chosen) != 1 or options.as_json):
        raise UsageProblem("A page shows one take, and takes no --json.", "For example: mockint review 12 --open")
    if options.as_page and chosen[0].typed is not None:
        raise UsageProblem(
            f"Take {chosen[0].id} was typed: a page would have nothing to play.",
            f"See it here: mockint review {chosen[0].id}",
        )
    if any(take.result is None and take.audio is not None for take in chosen):
        recogniser = wiring.recogniser(options.engine or settings.engine, options.weights)
        chosen = [wiring.scored(take, store, recogniser, settings.scoring) for take in chosen]
    points = store.points()
    with wiring.keyboard(allowed=not (options.no_input or options.as_json)) as keyboard:
        for take in chosen:
            shown = wiring.take_to_show(take, graded=options.is_graded(settings))
            if options.as_page:
                own_bands = wiring.own_bands(take, points)
                write_page(shown, store, own_bands, settings.scoring, options.html, open_it=options.open_page)
                continue
            said = store.feedback.of_take(take.id)
            if options.as_json:
                marks, story = store.marks.of_take(take.id), store.stories.of_take(take.id)
                console.print_json(take_object(shown, said) | marks_object(marks, story))
                continue
            _show(shown, said, wiring.own_bands(take, points), times=options.times)
            show_story(shown, store)
            if options.play:
                play_take(take, device=settings.speaker, keyboard=keyboard)


def _chosen(store: Store, names: Sequence[str], session_id: int | None) -> list[Take]:
    """Return the takes that are meant. Raises UsageProblem."""
    if names and session_id is not None:
        raise UsageProblem("Name takes or a session, not both.", "mockint review 3, or mockint review --session 2")
    if names:
        return [wiring.take_named(store, name) for name in names]
    if session_id is None:
        session = store.last_session()
        if session is None:
            raise UsageProblem("There are no takes yet.", "Record the first one: mockint practice")
        session_id = session.id
    return list(store.takes(session_id=store.session(session_id).id))


def _show(take: Take, said: Sequence[Feedback], own_bands: Mapping[str, OwnBand], *, times: bool) -> None:
    from mockint.cli import console
    from mockint.pages.card import reason_lines, result_lines
    from mockint.pages.feedback_lines import feedback_lines
    from mockint.pages.transcript import take_lines

    console.print_lines(take_lines(take, every_time=times))
    if take.audio is None and take.typed is None:
        console.print_lines(["The recording is not kept."])
    if take.result is not None:
        console.print_lines(["", *result_lines(take.result, own_bands), "", *reason_lines(take.result)])
    for feedback in said:
        console.print_lines(["", *feedback_lines(feedback)])
    console.print_lines([""])


def _show_change(change: Change, options: ReviewOptions, settings: Settings) -> None:
    """Print what was corrected, and what became of the score."""
    from mockint.cli import console
    from mockint.pages.changes import change_lines, correction_line
    from mockint.scoring import ungraded

    graded = options.is_graded(settings)
    take = wiring.take_to_show(change.take, graded=graded)
    if options.as_json:
        from mockint.pages.promised import take_object

        console.print_json(take_object(take))
        return
    console.print_lines([f"Take {take.id}", *map(correction_line, change.corrections)])
    if not change.corrections:
        console.print_lines(["  All of this was corrected before."])
    elif take.result is not None:
        console.print_lines(change_lines(change.before if graded else ungraded(change.before), take.result))
