"""What the person marked, on the review page: the points that were covered, and the story beside the advised one.

Lengths in percent of the width, as in `pictures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.figures import clock
from mockint.pages.pictures import TimeLabel, percent, time_labels
from mockint.pages.story import told_in
from mockint.story import PARTS, RECOMMENDED_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Take
    from mockint.pages.pictures import PictureSettings
    from mockint.story import Marks, StoryPart, Stretch

WIDTH_OF_A_NAME = 20.0
"""A part at least this wide (percent) has room for its name, also on a phone; a narrower one shows its letter."""
WIDTH_OF_A_LETTER = 4.0
"""A part narrower than this has room for neither: the table names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartBar:
    """A part of the story in the picture."""

    x: float
    width: float
    text: str
    """Its name, its letter, or nothing, as there is room."""

    @property
    def middle(self) -> float:
        """Where its text stands."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of the story in the table."""

    name: str
    advised: str
    told: str = "not marked"
    start: str = ""
    """Empty where it was not marked."""
    start_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The story as it was told above the advised one, from the same beginning and on one scale, which holds both."""

    starts: tuple[TimeLabel, ...]
    """Where the parts begin on the strip, by their letters."""
    told: tuple[PartBar, ...]
    advised: tuple[PartBar, ...]
    times: tuple[TimeLabel, ...]
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySection:
    """All that was marked."""

    story: str | None
    covered: tuple[tuple[bool, str], ...]
    """Each point with whether it was covered; empty where nobody said."""
    split: Split | None

    @property
    def covered_count(self) -> int:
        """How many of the points were covered."""
        return sum(is_covered for is_covered, _ in self.covered)


def story_section(take: Take, marks: Marks, story: str | None, settings: PictureSettings) -> StorySection | None:
    """Return what was marked in a take, or None where nothing was."""
    covered = (
        ()
        if marks.covers is None
        else tuple((number in marks.covers, text) for number, text in enumerate(take.question.covers, start=1))
    )
    split = _split(told_in(take, marks.starts), take.duration_s, settings) if marks.starts else None
    if story is None and not covered and split is None:
        return None
    return StorySection(story=story, covered=covered, split=split)


def _split(told: Sequence[Stretch], duration_s: float, settings: PictureSettings) -> Split:
    begin_s = told[0].start_s
    advised_s = [(part, sum(RECOMMENDED_S[part]) / 2) for part in PARTS]
    end_s = max(duration_s, begin_s + sum(length_s for _, length_s in advised_s))
    advised, at_s = [], begin_s
    for part, length_s in advised_s:
        advised.append(_bar(part, at_s, length_s, end_s))
        at_s += length_s
    by_part = {stretch.part: stretch for stretch in told}
    return Split(
        starts=tuple(
            TimeLabel(x=percent(stretch.start_s, duration_s), text=stretch.part.letter.upper()) for stretch in told
        ),
        told=tuple(_bar(stretch.part, stretch.start_s, stretch.duration_s, end_s) for stretch in told),
        advised=tuple(advised),
        times=time_labels(end_s, settings),
        rows=tuple(_row(part, by_part.get(part)) for part in PARTS),
    )


def _bar(part: StoryPart, start_s: float, length_s: float, end_s: float) -> PartBar:
    width = percent(length_s, end_s)
    text = part.value.capitalize() if width >= WIDTH_OF_A_NAME else part.letter.upper()
    return PartBar(x=percent(start_s, end_s), width=width, text=text if width >= WIDTH_OF_A_LETTER else "")


def _row(part: StoryPart, told: Stretch | None) -> PartRow:
    low_s, high_s = RECOMMENDED_S[part]
    name, advised = part.value.capitalize(), f"{low_s:.0f}\N{EN DASH}{high_s:.0f} s"
    if told is None:
        return PartRow(name=name, advised=advised)
    return PartRow(
        name=name,
        advised=advised,
        told=f"{told.duration_s:.0f} s, {told.beside_advice}",
        start=clock(told.start_s),
        start_s=round(told.start_s, 3),
    )
