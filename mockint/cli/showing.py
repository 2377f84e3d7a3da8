"""Showing takes while a session runs, and a whole interview after its last answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import console, wiring
from mockint.pages.card import card, refined_line, score_in_words
from mockint.pages.interview_summary import follow_up_line, summary_lines
from mockint.pages.promised import take_object

if TYPE_CHECKING:
    from mockint.cli.open_session import OpenSession
    from mockint.model import Take


class Showing:
    """Shows each take: a quick first result as it comes, then the thorough one, or what it changed."""

    def __init__(self, session: OpenSession) -> None:
        self._session = session
        self._at_end = session.plan.rules.scores_at_end
        # The takes of the sessions before tell what is usual for the speaker.
        self._earlier = session.store.points()
        self._first: Take | None = None

    def first(self, take: Take) -> None:
        """Show the quick result: as the card, or, where stdout is for JSON, in a line on stderr."""
        if self._at_end:
            return
        self._first = wiring.take_to_show(take, graded=self._session.graded)
        if self._session.options.as_json:
            said = f"First score: {score_in_words(self._first)}; refining ..."
            console.messages().print(said, style="dim")
        else:
            self._print_card(take, self._first)

    def finished(self, take: Take) -> None:
        """Show the thorough result; after a quick one, only what it changed."""
        if self._at_end:
            return
        shown = wiring.take_to_show(take, graded=self._session.graded)
        first, self._first = self._first, None
        if self._session.options.as_json:
            console.print_json(take_object(shown))
        elif first is None:
            self._print_card(take, shown)
        else:
            line = refined_line(first, shown)
            console.print_lines([] if line is None else [line])

    def _print_card(self, take: Take, shown: Take) -> None:
        console.print_lines(["", *card(shown, wiring.own_bands(take, self._earlier))])


def show_interview(session: OpenSession) -> None:
    """Show all cards of an interview that is over, also those from before a pause, and what they say together."""
    from mockint.interview_summary import summarise

    takes = [take for take in session.store.takes(session_id=session.id) if take.result is not None]
    shown = [wiring.take_to_show(take, graded=session.graded) for take in takes]
    summary = [*summary_lines(summarise(takes), graded=session.graded)]
    if session.options.as_json:
        for take in shown:
            console.print_json(take_object(take))
        for line in summary:
            console.messages().print(line)
        return
    for index, take in enumerate(shown):
        because = follow_up_line(shown[index - 1], take, session.method) if index else None
        console.print_lines(["", *([] if because is None else [because]), *card(take)])
    console.print_lines(["", *summary])
