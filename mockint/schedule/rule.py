"""Every number that the choice of questions rests on, with its source where there is one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRule:
    """How long a session is, what goes into it, and what makes a question come sooner."""

    session_s: float = 1800.0
    """Half an hour a day, all told."""
    eve_share: float = 0.5
    """The day before the interview takes so much of that, and brings nothing new."""
    interview_day_share: float = 0.35
    """A warm-up."""
    saying_s: float = 15.0
    looking_s: float = 75.0
    """To hear a question, and to look at its card and hear a moment of the answer."""
    rounds: float = 2.0
    """An answer, and another one: the second is where one tries what to do better."""
    usual_answer_s: float = 120.0
    """Where the question names no limit."""
    longest_share: float = 1 / 3
    """No question is reckoned to take more of a session than this, so that each has room for something new."""

    new_share: float = 1 / 3
    """Of the questions of a session, while there are some that were never asked."""
    most_new_share: float = 2 / 3
    """Before an interview, as many as the important ones need, up to this."""
    last_days: int = 14
    """So many days before an interview, nothing new takes the place of what is due, unless it is important."""
    new_days_share: float = 0.3
    """What is important is meant to be asked in this first part of the days up to an interview, so that it can come
    again. Reckoned anew each day, it takes two thirds of them. Of .25 to .5, this leaves the fewest questions of a bank
    of 24 unasked or asked only once in 7 to 14 days."""
    most_of_a_competency: int = 2
    """In one session, while others wait: mixed practice holds better than practice in blocks (Rohrer, Dedrick &
    Stershic 2015, Journal of Educational Psychology 107)."""
    alike_from: float = 0.8
    """Two questions of which one has all the words of the other, and these are so large a share of its own, are never
    asked in one session. A single other word may make another question of it."""

    gap_share: float = 0.4
    """A question rests for no more than this share of the days up to the interview: some weeks before a test, the best
    gap is a fifth to two fifths of the time to it (Cepeda et al. 2008, Psychological Science 19)."""

    prior_takes: float = 5.0
    """A competency is judged as if so many takes of your usual quality were added to its own. Judgement: shares of
    points differ from take to take about twice as much as from competency to competency, and two squared is four."""
    weight_per_share: float = 2.5
    most_weight: float = 1.5
    """A competency a tenth of the points below your usual comes a quarter more often; half more at most."""
    weak_from: float = 0.08
    """So much below your usual, it is called weak."""

    questions_for_a_wish: int = 3
    """A wish for a whole competency or bank is fulfilled when so many of its questions were answered since."""


RULE = ScheduleRule()
