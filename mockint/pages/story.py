"""A take beside what makes a strong answer: what was covered, and how long each part of the story was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from mockint.figures import clock
from mockint.story import PARTS, RECOMMENDED_BY, RECOMMENDED_S, guesses, stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Delivery, Question, Take
    from mockint.story import Marks, PartStart, Stretch

BAR_CELLS = 24
SECONDS_A_CELL = 2.5
"""A minute fills the bar."""


def story_lines(take: Take, marks: Marks, story: str | None = None) -> list[Text]:
    """Render what the person marked; where a story is wanted and nothing is marked yet, offer guesses.

    story: its name, where it has one.
    """
    lines = [] if story is None else [Text("Story: ", style="dim").append(story, style="not dim")]
    if marks.covers is not None:
        lines += _covered(take.question, marks.covers)
    delivery = None if take.result is None else take.result.delivery
    if marks.starts:
        lines += _split(told_in(take, marks.starts))
    elif marks.starts is None and take.question.star and delivery is not None:
        lines += _offer(take, delivery)
    return lines


def marks_object(marks: Marks, story: str | None = None) -> dict[str, Any]:
    """Return what `review --json` adds to a take in which something is marked; nothing where nothing is."""
    said: dict[str, Any] = {} if story is None else {"story": story}
    if marks.covers is not None:
        said["covers"] = list(marks.covers)
    if marks.starts is not None:
        said["star"] = [{"part": start.part.value, "start_s": round(start.start_s, 3)} for start in marks.starts]
    return {"marks": said} if said else {}


def _covered(question: Question, numbers: tuple[int, ...]) -> list[Text]:
    heading = Text(f"A strong answer covers; you covered {len(numbers)} of {len(question.covers)}", style="bold")
    return [
        heading,
        *(
            Text(f"  [{'x' if number in numbers else ' '}] {number} {text}", style="" if number in numbers else "dim")
            for number, text in enumerate(question.covers, start=1)
        ),
    ]


def _split(told: tuple[Stretch, ...]) -> list[Text]:
    """One line a part, also for one that is missing: never by the length of a bar alone."""
    lines = [Text(), Text(f"{'Your story':<19}{'yours':>6}  {'':<{BAR_CELLS}} recommended", style="bold")]
    by_part = {stretch.part: stretch for stretch in told}
    for part in PARTS:
        low_s, high_s = RECOMMENDED_S[part]
        advice = f"{low_s:.0f}-{high_s:.0f} s"
        stretch = by_part.get(part)
        if stretch is None:
            lines.append(Text(f"  {part.value:<10} {'-':>4} {'':>6}  {'':<{BAR_CELLS}} {advice}", style="dim"))
            continue
        bar = "=" * max(1, min(BAR_CELLS, round(stretch.duration_s / SECONDS_A_CELL)))
        seconds = f"{stretch.duration_s:.0f} s"
        line = Text(f"  {part.value:<10} {clock(stretch.start_s):>4} {seconds:>6}  {bar:<{BAR_CELLS}} ")
        lines.append(line.append(f"{advice:<8} {stretch.beside_advice}", style="dim"))
    return [*lines, Text(f"  {RECOMMENDED_BY}", style="dim")]


def _offer(take: Take, delivery: Delivery) -> list[Text]:
    found = guesses(delivery)
    if not found:
        return []
    command = " ".join(f"{guess.part.letter}={clock(guess.start_s)}" for guess in found)
    said = ", ".join(f'{guess.part.value} "{guess.words}"' for guess in found[1:])
    return [
        Text("Where do the parts of your story begin? A guess, for you to mend:", style="dim"),
        Text(f"  {said}", style="dim"),
        Text(f"  mockint review {take.id} --star {command}", style="dim"),
    ]


def told_in(take: Take, starts: Sequence[PartStart]) -> tuple[Stretch, ...]:
    """Return the parts of the story as they were told: the last one to the end of the answer."""
    answer = None if take.result is None else take.result.delivery.answer
    return stretches(starts, take.duration_s if answer is None else answer.end_s)
