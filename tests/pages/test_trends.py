"""Progress as the terminal shows it."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from histories import FILLERS, PACE, START, Row, history, take
from rich.console import Console

from mockint.pages.trends import QUESTIONS_SHOWN, SPARK, sparkline, trend_lines
from mockint.progress import report_of


def shown(takes: list[Row], *, width: int = 80, color: bool = False) -> str:
    """What a terminal of a width shows five weeks after the first session."""
    report = report_of(
        history(takes), [PACE, FILLERS], now=START + timedelta(days=35), day_of=datetime.date, question_texts={}
    )
    console = Console(file=io.StringIO(), width=width, force_terminal=color, markup=False, highlight=False)
    for line in trend_lines(report):
        console.print(line)
    written = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    assert isinstance(written, str)
    return written


def many() -> list[Row]:
    """Twelve sessions, of questions and competencies with long names."""
    return [
        take(
            session,
            number=number,
            fillers=9.0 - session / 2,
            pace=120.0 + session,
            question=f"a-question-with-quite-a-long-name-{session}",
            competency="a competency whose name goes on and on",
        )
        for session in range(12)
        for number in range(1 + session)
    ]


def test_it_fits_eighty_columns() -> None:
    """However long the names are."""
    assert max(map(len, shown(many()).splitlines())) <= 80


def test_each_cell_of_the_calendar_says_how_many_takes() -> None:
    """A dot for none, a plus for more than nine; days to come are empty."""
    lines = shown(many()).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("TAKES A DAY")) + 2
    monday, *_, sunday = lines[start : start + 7]
    assert monday.split()[0] == "Mon"
    assert monday.split()[-6:] == ["1", "8", "·", "·", "·", "·"]
    assert sunday.split()[-5:] == ["7", "·", "·", "·", "·"]
    assert "+" in "".join(lines[start : start + 7])


def test_what_is_real_is_marked_without_colour_and_coloured_where_there_is_some() -> None:
    """Colour is never all that tells it."""
    assert "+ Fillers:" in shown(many())
    assert "\x1b[32m" in shown(many(), color=True)


def test_the_questions_asked_last_are_listed_and_the_others_counted() -> None:
    """So that it stays a page."""
    text = shown(many())
    assert text.count("a-question-with") == QUESTIONS_SHOWN
    assert "and 2 questions asked before: mockint progress --open" in text


def test_a_measure_without_any_value_is_left_out() -> None:
    """A take without words has no pace."""
    text = shown([take(20, fillers=3.0)])
    assert "Pace" not in text.partition("OVER YOUR SESSIONS")[2].partition("TAKES A DAY")[0]


def test_takes_in_which_nothing_could_be_measured_still_are_practice() -> None:
    """Nobody is told to begin who has begun."""
    text = shown([take(20)])
    assert "1 take in 1 session" in text
    assert "Nothing could be measured in these takes" in text


def test_a_sparkline_goes_from_lowest_to_highest() -> None:
    """Twenty of the newest; a single level where nothing differs."""
    assert sparkline([1, 2, 3]) == SPARK[0] + SPARK[4] + SPARK[-1]
    assert sparkline([5, 5]) == SPARK[4] * 2
    assert len(sparkline(list(range(50)))) == 20
