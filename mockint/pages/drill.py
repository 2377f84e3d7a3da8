"""Drills in words: the fillers to listen to, what came of each turn, how a passage was read."""

from __future__ import annotations

from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.text import Text

from mockint.figures import aim, clock, counted, fine_clock, with_unit
from mockint.pages.promised import take_object
from mockint.scoring import STOPS, plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.drills.pace import Passage
    from mockint.drills.rule import DrillRule
    from mockint.drills.slips import Slip
    from mockint.drills.turns import Goal, Turn
    from mockint.model import Band, PaceWindow, ScorePart, Take

LINE_CELLS = 70

MOST_NAMED = 4
"""So many fillers of one turn are quoted: more would read like a list of sins."""


# --- fillers to listen to -------------------------------------------------------------------------


def slip_lines(slip: Slip, number: int, count: int) -> list[Text]:
    """Render a filler that is about to be heard: which one, where, and what was said around it."""
    said = _bare(slip.filler.text)
    heading = Text(f"{number} of {count}  ", style="dim")
    heading.append(f"[{said}]", style="bold")
    heading.append(f"  at {clock(slip.filler.start_s)} of take {slip.take.id}", style="dim")
    question = Text(f"  {slip.take.question.text}", style="dim")
    question.truncate(LINE_CELLS, overflow="ellipsis")
    quote = Text(f"  ... {slip.before} ").append(f"[{said}]", style="bold").append(f" {slip.after} ...")
    return [heading, question, quote]


def slip_object(slip: Slip) -> dict[str, Any]:
    """Return the object that `drill --json` prints for a filler to listen to."""
    return {
        "part": "filler",
        "take": slip.take.id,
        "question": slip.take.question.id,
        "text": slip.filler.text,
        "start_s": round(slip.filler.start_s, 3),
        "end_s": round(slip.filler.end_s, 3),
        "clip": {"start_s": round(slip.clip.start_s, 3), "end_s": round(slip.clip.end_s, 3)},
        "before": slip.before,
        "after": slip.after,
    }


# --- turns ----------------------------------------------------------------------------------------


def turn_lines(turn: Turn, goal: Goal, row: int, rule: DrillRule) -> list[Text]:
    """Render what came of a turn. row: how many turns on end are below the goal now."""
    if turn.rate is None:
        return [
            Text(line, style="dim")
            for line in wrap(turn.because, LINE_CELLS, initial_indent="  ", subsequent_indent="  ")
        ]
    words = f"in {counted(turn.word_count, 'word')}"
    fillers = f"{turn.filler_count or 'No'} filler{'s' * (turn.filler_count != 1)}"
    heading = Text("  ").append(f"{fillers} {words}", style="bold")
    if turn.filler_count:
        heading.append(f", {turn.rate:.1f} per 100 ({goal.name}: {goal.per_100_words:.1f})", style="dim")
    return [heading, *_named(turn), _pauses(turn), _where_it_stands(turn, goal, row, rule), *_caveat(turn.take)]


def _named(turn: Turn) -> list[Text]:
    fillers = [] if turn.take.result is None else turn.take.result.delivery.fillers
    named = [f"{fine_clock(filler.start_s)} [{_bare(filler.text)}]" for filler in fillers[:MOST_NAMED]]
    more = len(fillers) - len(named)
    return [Text("  " + "   ".join([*named, *([f"and {more} more"] if more else [])]))] if named else []


def _caveat(take: Take) -> list[Text]:
    """The first thing to keep in mind, if any: the rest is in the review of the take."""
    caveats = () if take.result is None else take.result.delivery.caveats[:1]
    return [
        Text(line, style="yellow")
        for caveat in caveats
        for line in wrap(f"! {caveat}", LINE_CELLS, initial_indent="  ", subsequent_indent="    ")
    ]


def _bare(said: str) -> str:
    """A filler as it sounds: "like," has no comma."""
    return said.strip(STOPS).lower()


def _pauses(turn: Turn) -> Text:
    if not turn.pauses:
        return Text("  No silent pauses. Let one in where the next um would be.")
    longest_s = max(pause.duration_s for pause in turn.pauses)
    return Text(f"  {counted(len(turn.pauses), 'silent pause')}, the longest {longest_s:.1f} s.")


def _where_it_stands(turn: Turn, goal: Goal, row: int, rule: DrillRule) -> Text:
    if not turn.is_below:
        return Text(f"  Not below {goal.name} this time. Feel the urge, close your lips, breathe.", style="dim")
    below = f"{counted(row, 'turn')} in a row below {goal.name}"
    return Text(f"  {below}; {rule.turns_in_a_row} reach the goal.", style="green")


def closing_lines(turns: Sequence[Turn], goal: Goal, row: int, rule: DrillRule) -> list[Text]:
    """Render the end of the drill."""
    if row >= rule.turns_in_a_row:
        first = Text(f"Goal reached: {rule.turns_in_a_row} turns in a row below {goal.name}.", style="bold green")
    else:
        below = sum(turn.is_below is True for turn in turns)
        first = Text(f"Done: {below} of {len(turns)} turns below {goal.name}.", style="bold")
    return [first, Text("Short and often works best. What came of it in interviews: mockint progress")]


def turn_object(turn: Turn, goal: Goal, number: int, row: int) -> dict[str, Any]:
    """Return the object that `drill --json` prints for a turn: that of its take, and what came of it."""
    drill = {
        "turn": number,
        "fillers": turn.filler_count,
        "words": turn.word_count,
        "fillers_per_100_words": None if turn.rate is None else round(turn.rate, 3),
        "goal_per_100_words": round(goal.per_100_words, 3),
        "below_goal": turn.is_below,
        "in_a_row": row,
    }
    return {"part": "turn", **take_object(turn.take), "drill": drill}


# --- a passage ------------------------------------------------------------------------------------


def reading_lines(take: Take, pace: ScorePart, passage: Passage, windows: Sequence[PaceWindow]) -> list[Text]:
    """Render how a passage was read: the pace beside its band, and second by second."""
    if pace.value is None or take.result is None or take.result.delivery.answer is None:
        return [Text(f"  {pace.because}", style="dim")]
    where = {"-": "below the band", "=": "inside the band", "+": "above the band"}[_beside(pace.value, pace.band)]
    line = Text("  ").append(with_unit(pace.value, pace.unit), style="bold")
    line.append(f", {where} of {aim(pace)}; you aimed at {passage.aim_wpm:.0f}.")
    heard = f"{len(plain_words(take.result.delivery))} words in {clock(take.result.delivery.answer.duration_s)}"
    whole = f"the passage has {len(passage.words)}, {clock(passage.duration_s)} at your aim"
    return [line, Text(f"  {heard}; {whole}", style="dim"), *_by_second(windows, pace.band), *_caveat(take)]


def _by_second(windows: Sequence[PaceWindow], band: Band) -> list[Text]:
    """One sign for each second, or for so many that the line fits."""
    if not windows:
        return []
    stride = ceil(len(windows) / LINE_CELLS)
    signs = "".join(_beside(window.words_per_minute, band) for window in windows[::stride])
    slow = min(windows, key=lambda window: window.words_per_minute)
    fast = max(windows, key=lambda window: window.words_per_minute)
    each = "a second" if stride == 1 else f"{stride} seconds"
    extremes = (
        f"slowest {slow.words_per_minute:.0f} from {clock(slow.start_s)},"
        f" fastest {fast.words_per_minute:.0f} from {clock(fast.start_s)}"
    )
    return [
        Text(f"  {signs}"),
        Text(f"  each sign is {each}: = in the band, - slower, + faster", style="dim"),
        Text(f"  {extremes}", style="dim"),
    ]


def _beside(value: float, band: Band) -> str:
    return "-" if band.is_below(value) else "+" if band.is_above(value) else "="


def reading_object(take: Take, pace: ScorePart, passage: Passage, windows: Sequence[PaceWindow]) -> dict[str, Any]:
    """Return the object that `drill pace --json` prints: that of the take, and its pace second by second."""
    drill = {
        "aim_words_per_minute": passage.aim_wpm,
        "passage_words": len(passage.words),
        "words_per_minute": None if pace.value is None else round(pace.value, 1),
        "band": [pace.band.low, pace.band.high],
        "by_second": [
            {"start_s": round(window.start_s, 3), "words_per_minute": round(window.words_per_minute, 1)}
            for window in windows
        ],
    }
    return {"part": "passage", **take_object(take), "drill": drill}
