"""One screen after a no: calm, and from the person's own numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from mockint.afterwards.asked_bank import BANK_ID
from mockint.afterwards.entries import in_words
from mockint.afterwards.followups import Kind
from mockint.afterwards.records import Felt, Stage
from mockint.figures import counted
from mockint.progress import RULE, Verdict, what_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from mockint.afterwards.followups import FollowUp, Search
    from mockint.afterwards.records import Application
    from mockint.progress import Progress

MOST_OPEN = 4
"""So many open applications are named; the others are counted."""
MOST_LEARNED = 2
"""All of it is in the debrief; this is one screen."""


def perspective_lines(
    application: Application, search: Search, progress: Progress, due: Sequence[FollowUp], today: date
) -> list[RenderableType]:
    """Render how the delivery moved, what the interview taught, where the search stands, and one next step."""
    sections = (
        ("How your delivery moved", _moved(progress)),
        ("What this interview taught", _taught(application, search)),
        ("Where the search stands", _standing(search.applications, today)),
        ("One next step", _next_step(application, search, due)),
    )
    lines: list[RenderableType] = [Text(f"{application.name}: {_ended(application)}", style="bold")]
    for title, sentences in sections:
        lines += [
            Text(),
            Text(title, style="dim"),
            *(Padding(Text(each), (0, 0, 0, 2), expand=False) for each in sentences),
        ]
    return lines


def _ended(application: Application) -> str:
    word = {Stage.REJECTED: "a no", Stage.WITHDRAWN: "withdrawn"}.get(
        application.last.stage, application.last.stage.value
    )
    return f"{word}, on {in_words(application.last.on, weekday=True)}"


def _moved(progress: Progress) -> Iterator[str]:
    if not progress.take_count:
        yield "You have not recorded an answer yet, so there is nothing to compare."
        return
    by_verdict: dict[Verdict, list[tuple[str, str]]] = {verdict: [] for verdict in Verdict}
    for trend, sentence in zip(progress.trends, what_changed(progress), strict=True):
        by_verdict[trend.current.verdict].append((trend.measure.name, sentence))
    yield from (sentence for _, sentence in by_verdict[Verdict.REAL_CHANGE])
    steady = [name for name, _ in by_verdict[Verdict.WITHIN_NOISE]]
    if steady:
        yield f"Within noise: {', '.join(steady)}."
    elif not by_verdict[Verdict.REAL_CHANGE]:
        takes = f"{counted(progress.take_count, 'answer')} in {counted(progress.session_count, 'session')}"
        yield f"{takes} so far; from {RULE.fewest_sessions} sessions on it can be told what moved."


def _taught(application: Application, search: Search) -> Iterator[str]:
    debriefs = search.debriefs_of(application)
    if not debriefs:
        yield "Nothing is written down yet. What you were asked can come up in practice."
        return
    last = debriefs[-1].debrief
    yield from (f"You learned: {text}" for text in last.learned[:MOST_LEARNED])
    count, hard_count = len(last.questions), len(last.that_felt(Felt.HARD))
    if count:
        in_practice = "1 question of it is" if count == 1 else f"{count} questions of it are"
        yield f"{in_practice} in practice now; {hard_count or 'none'} felt hard."
    if last.went_well:
        yield f"Went well: {last.went_well[0]}"


def _standing(applications: Sequence[Application], today: date) -> Iterator[str]:
    still_open = [each for each in applications if each.is_open]
    if not still_open:
        yield "Nothing else is open at the moment."
        return
    for each in still_open[:MOST_OPEN]:
        coming = "" if each.last.on <= today else " to come"
        yield f"{each.name}: {each.last.stage.value}{coming}, {in_words(each.last.on)}"
    if len(still_open) > MOST_OPEN:
        yield f"and {len(still_open) - MOST_OPEN} more open"


def _next_step(application: Application, search: Search, due: Sequence[FollowUp]) -> Iterator[str]:
    if not search.debriefs_of(application):
        yield "If you talked with them, write down what you were asked, while you remember it."
        yield f"mockint debrief {application.id}"
        return
    thanks = [each for each in due if each.number == application.id and each.kind is Kind.THANKS]
    if thanks:
        yield thanks[0].what
        yield thanks[0].how
    else:
        yield "When you feel like it, answer one of its questions again."
        yield f"mockint practice {BANK_ID}"
