"""All answers of an interview together."""

from __future__ import annotations

from dataclasses import replace

from builders import delivery, filler, question, span, take, words

from mockint.interview_summary import summarise
from mockint.model import CountInterval, Delivery, Result, Take
from mockint.pages.interview_summary import summary_lines
from mockint.scoring import METHOD, score
from mockint.typed import judge_typed


def answered(number: int, spoken: Delivery) -> Take:
    return take(id=number, result=Result(delivery=spoken, score=score(spoken, question())))


def hasty() -> Delivery:
    """230 words a minute, all else well."""
    return replace(delivery(), pace=replace(delivery().pace, words_per_minute=230.0))


def with_ums(count: int) -> Delivery:
    """An answer of 210 words and so many ums."""
    said = words("um " * count + "word " * 210)
    return delivery(
        words=said,
        fillers=tuple(map(filler, said[:count])),
        filled_pause_count=CountInterval(count=count, at_least=count, low=count, high=count),
    )


def test_it_names_what_to_keep_and_what_lost_most() -> None:
    """Over all answers, not in one of them."""
    summary = summarise([answered(1, with_ums(12)), answered(2, hasty()), answered(3, with_ums(24))])
    assert summary.answer_count == 3
    assert summary.spoken_s == 270.0
    assert summary.keep is not None
    assert (summary.keep.part.name, summary.keep.inside_count) == ("long pauses", 3)
    assert summary.work_on is not None
    assert (summary.work_on.part.name, summary.work_on.inside_count) == ("fillers", 1)
    assert summary.focus is not None
    take_id, focus = summary.focus
    assert take_id == 3
    assert focus.startswith('Pause instead of "um" (24 of 24 fillers)')


def test_where_nothing_lost_a_point_there_is_nothing_to_work_on() -> None:
    """And nothing is made up."""
    summary = summarise([answered(1, delivery())])
    assert summary.points == summary.max_points == 100
    assert (summary.work_on, summary.focus) == (None, None)


def test_what_could_not_be_scored_is_no_part_of_it() -> None:
    """Nobody spoke."""
    unheard = delivery(answer=None, words=(), words_known=False, filled_pause_count=None)
    silent = answered(1, replace(unheard, pace=replace(unheard.pace, words_per_minute=None)))
    summary = summarise([silent])
    assert (summary.max_points, summary.keep, summary.work_on) == (0, None, None)


def test_typed_answers_have_no_time() -> None:
    """Not 0:00."""
    typed = take(result=judge_typed("word " * 200, question(), METHOD, duration_s=60.0))
    assert summarise([typed]).spoken_s is None
    assert summary_lines(summarise([typed]), graded=True)[0].plain == "Your interview: 1 answer"


def test_it_is_a_few_lines_of_eighty_columns() -> None:
    """Without points where no grade is wanted."""
    summary = summarise([answered(1, with_ums(24)), answered(2, delivery(answer=span(0, 20)))])
    graded, ungraded = (summary_lines(summary, graded=each) for each in (True, False))
    assert len(graded) <= 8
    assert max(line.cell_len for line in graded) <= 80
    assert any("Score" in line.plain for line in graded)
    assert not any("Score" in line.plain for line in ungraded)
