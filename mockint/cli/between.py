"""Between two questions: a menu in practice and video, in a mock interview a follow-up or a short break."""

from __future__ import annotations

from collections import Counter
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from mockint.cli import console, feeling, playing
from mockint.cli.marking_by_keys import can_be_marked, mark_by_keys
from mockint.cli.waiting import count_down
from mockint.follow_ups import fitting_follow_up, follow_ups_of
from mockint.modes import Mode
from mockint.pages.terminal import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.cli.agenda import Agenda
    from mockint.cli.open_session import OpenSession
    from mockint.model import Question, Take


class Between:
    """What happens after a take, by the rules of the session."""

    def __init__(self, session: OpenSession, agenda: Agenda) -> None:
        self._session = session
        self._agenda = agenda
        self._messages = console.messages()
        self._take_counts: Counter[str] = Counter()

    def after(self, take: Take) -> None:
        """Return when the session is to go on; what it goes on with is on the agenda."""
        self._take_counts[take.question.id] += 1
        match self._session.plan.rules.mode:
            case Mode.MOCK:
                is_followed_up = self._follow_up(take)
                if self._agenda.goes_on:
                    self._messages.print("Thank you.", style="dim")
                if self._agenda.goes_on and not is_followed_up:
                    self._break()
            case Mode.PRACTICE | Mode.VIDEO:
                self._after_card(take)

    # --- a mock interview -------------------------------------------------------------------------

    def _follow_up(self, take: Take) -> bool:
        """Ask a follow-up next where one fits, and say whether."""
        askable = [question for question in follow_ups_of(take.question) if self._session.can_answer(question)]
        fitting = fitting_follow_up(take, askable, self._session.method)
        if fitting is not None:
            self._agenda.ask_next(fitting.question)
        return fitting is not None

    def _break(self) -> None:
        if not self._session.waits:
            return
        picked = count_down(
            self._session.plan.rules.break_s(),
            what="Take a breath. The next question comes in",
            hint="Enter: go on   p: pause",
            keyboard=self._session.keyboard,
            console=self._messages,
            keys="pq",
        )
        if picked:
            self._agenda.stop()

    # --- practice and video -----------------------------------------------------------------------

    def _after_card(self, take: Take) -> None:
        """Show what an answer could hold, where that is asked for, and let the person choose how to go on."""
        rules = self._session.plan.rules
        if rules.mode is Mode.PRACTICE and self._take_counts[take.question.id] == 1:
            self._show_tips(take.question)
        if self._session.keyboard.is_there:
            self._menu(take)

    def _menu(self, take: Take) -> None:
        """Play, answer again, see the transcript, mark, go on or quit: until the person goes on."""
        choices = dict(self._choices(take))
        line = _in_lines([f"[{key}] {what}" for key, what in choices.items()], self._messages.width)
        keys = "\n" + "".join(key for key in choices if len(key) == 1) + feeling.KEYS
        lines = f"\n{line}\n{feeling.LINE}"
        while True:
            self._messages.print(lines, style="dim")
            match self._session.keyboard.choose(keys):
                case "1" | "2" | "3" | "4" as key:
                    lines = feeling.note(take, key, self._session.store)
                case "p":
                    self._play(take)
                case "a":
                    self._agenda.ask_next(take.question)
                    return
                case "t":
                    from mockint.pages.transcript import take_lines

                    console.print_lines(take_lines(take))
                case "m":
                    mark_by_keys(take, self._session.store, self._session.keyboard, self._messages)
                case "q":
                    self._agenda.stop()
                    return
                case _:
                    return

    def _choices(self, take: Take) -> Iterator[tuple[str, str]]:
        """Yield each key with what it does. Another thing to do after a card gets its key here and its case above."""
        yield "Enter", "next question" if self._agenda.goes_on else "finish"
        if take.audio is not None:
            yield "p", "play"
        if self._session.can_answer(take.question) and (again := self._again(take)):
            yield "a", again
        yield "t", "transcript"
        if can_be_marked(take.question):
            yield "m", "mark what was in it"
        yield "q", "quit"

    def _again(self, take: Take) -> str:
        """Offer another take as long as there is one."""
        takes = self._session.plan.rules.takes
        if takes is None:
            return "answer again"
        left = takes - self._take_counts[take.question.id]
        return f"answer again ({left} left)" if left > 0 else ""

    def _play(self, take: Take) -> None:
        playing.play_take(take, device=self._session.settings.speaker, keyboard=self._session.keyboard)

    def _show_tips(self, question: Question) -> None:
        if self._session.options.as_json or not (question.covers or question.tips):
            return
        self._messages.print()
        if question.covers:
            self._messages.print("What an answer to this can hold:", style="dim")
        for thing in question.covers:
            self._messages.print("\n".join(wrap(thing, WIDTH, initial_indent="  - ", subsequent_indent="    ")))
        for tip in question.tips:
            self._messages.print("\n".join(wrap(f"Tip: {tip}", WIDTH, subsequent_indent="  ")), style="dim")


def _in_lines(choices: Sequence[str], width: int) -> str:
    """Return the choices side by side, on as many lines as they need; none is broken."""
    joined = (choice.replace(" ", _NO_BREAK) for choice in choices)
    return fill("   ".join(joined), width, break_on_hyphens=False).replace(_NO_BREAK, " ")


_NO_BREAK = "\N{NO-BREAK SPACE}"
