"""What a person sees while a session runs. Everything here goes to stderr: stdout is for results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text

from mockint.figures import clock
from mockint.interview import StoppedBy
from mockint.modes import TimeLight, time_light
from mockint.scoring import answer_window_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from mockint.errors import VoiceProblem
    from mockint.model import Question, Take
    from mockint.scoring import ScoringMethod

METER_CELLS = 24
METER_FLOOR_DBFS = -60.0
"""A quiet room; speech at a desk is 20 to 40 dB above it."""

_ENDINGS = {
    StoppedBy.SILENCE: "You fell silent.",
    StoppedBy.TIME_LIMIT: "Time is up.",
    StoppedBy.TROUBLE: "The answer broke off; what you said is kept.",
    StoppedBy.INTERRUPT: "Stopped; what you said is kept.",
}

_COLOURS = {
    TimeLight.NOT_YET: "dim",
    TimeLight.GREEN: "green",
    TimeLight.AMBER: "yellow",
    TimeLight.RED: "red",
    TimeLight.OVER: "red",
}
_LIGHT_CELLS = max(len(light.value) for light in TimeLight)


class TerminalScreen:
    """Prints the question, then one live line with level, time and time light."""

    def __init__(
        self,
        console: Console,
        *,
        stop_hint: str,
        method: ScoringMethod,
        show_first: Callable[[Take], None],
        heading: Callable[[Question], str] = lambda _question: "Question",
        limit_s: Callable[[Question], float | None] = lambda _question: None,
        advice: Callable[[Question], Text | None] = lambda _question: None,
    ) -> None:
        """heading: what stands above a question; limit_s: when its answer is stopped; advice: what stands below it."""
        self._console = console
        self._method = method
        self._stop_hint = stop_hint
        self._live: Live | None = None
        self._show_first = show_first
        self._heading = heading
        self._limit_s = limit_s
        self._advice = advice
        self._voice_problem = ""
        self.stopped_by: StoppedBy | None = None

    def asking(self, question: Question) -> None:
        """Print the question: it is on the screen whether or not it can be heard."""
        self._console.print()
        self._console.print(Text(self._heading(question), style="dim"))
        self._console.print(Text(question.text, style="bold"))
        advice = self._advice(question)
        if advice is not None:
            self._console.print(advice)

    def remark(self, text: str) -> None:
        """Print what the interviewer says besides questions."""
        self._console.print()
        self._console.print(Text(text, style="italic"))

    def voice_failed(self, problem: VoiceProblem) -> None:
        """Say why nothing was heard, and go on; what is wrong with every question is said once."""
        if problem.problem != self._voice_problem:
            said = f"(not spoken: {problem.problem} {problem.hint})".replace(" )", ")")
            self._console.print(Text(said, style="yellow"))
        self._voice_problem = problem.problem

    def answering(self, question: Question, *, level_dbfs: float, elapsed_s: float) -> None:
        """Redraw the live line; where stderr is no terminal there is none."""
        if not self._console.is_terminal:
            return
        if self._live is None:
            self._live = Live(console=self._console, refresh_per_second=10, transient=True)
            self._live.start()
        self._live.update(self._meter(question, level_dbfs, elapsed_s))

    def answered(self, question: Question, stopped_by: StoppedBy) -> None:  # noqa: ARG002 - the Protocol's signature
        """Take the live line away."""
        self.close()
        self.stopped_by = stopped_by
        if stopped_by in _ENDINGS:
            self._console.print(Text(_ENDINGS[stopped_by], style="dim"))

    def first_result(self, take: Take) -> None:
        """Hand the quick result on to whoever shows it."""
        self._show_first(take)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _meter(self, question: Question, level_dbfs: float, elapsed_s: float) -> Text:
        filled = round(METER_CELLS * max(0.0, min(1.0, 1 - level_dbfs / METER_FLOOR_DBFS)))
        light = time_light(elapsed_s, answer_window_s(question, self._method))
        limit_s = self._limit_s(question)
        of_limit = "" if limit_s is None else f" of {clock(limit_s)}"
        line = Text("  ")
        line.append("|" * filled, style="green")
        line.append("." * (METER_CELLS - filled), style="dim")
        line.append(f"  {clock(elapsed_s)}", style="bold").append(of_limit, style="dim")
        line.append(f"  {light.value:<{_LIGHT_CELLS}}  ", style=_COLOURS[light])
        return line.append(self._stop_hint, style="dim")
