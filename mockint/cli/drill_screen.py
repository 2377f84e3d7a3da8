"""What a person sees during a drill: one live line, and a cue where a filler was heard. All of it on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text

from mockint.cli.screen import METER_CELLS, METER_FLOOR_DBFS
from mockint.drills import CUE
from mockint.figures import clock
from mockint.modes import time_light

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from mockint.drills.pace import Passage
    from mockint.errors import VoiceProblem
    from mockint.interview import StoppedBy
    from mockint.model import Question, Take

STOP_HINT = "Enter: done"

CUE_SHOWN_S = 4.0
"""Long enough to be noticed from the corner of an eye, and gone before it nags."""


class DrillScreen:
    """Prints what is asked, then one live line; where stderr is no terminal, only the cues."""

    def __init__(self, console: Console, line: Callable[[Question, float, float], Text]) -> None:
        """line: renders the live line from what is asked, the level (dBFS) and the seconds that the answer lasts."""
        self._console = console
        self._line = line
        self._live: Live | None = None
        self._cued_at_s: float | None = None
        self._is_mute = False
        self.heading = ""

    def asking(self, question: Question) -> None:
        """Print what is asked."""
        self._cued_at_s = None
        self._console.print()
        self._console.print(Text(self.heading, style="dim"))
        self._console.print(Text(question.text, style="bold"))

    def voice_failed(self, problem: VoiceProblem) -> None:
        """Say once why nothing is heard: what is asked is on the screen all the same."""
        if self._is_mute:
            return
        self._is_mute = True
        self._console.print(Text(f"(not spoken: {problem.problem})", style="yellow"))

    def answering(self, question: Question, *, level_dbfs: float, elapsed_s: float) -> None:
        """Redraw the live line."""
        if not self._console.is_terminal:
            return
        if self._live is None:
            self._live = Live(console=self._console, refresh_per_second=10, transient=True)
            self._live.start()
        line = self._line(question, level_dbfs, elapsed_s)
        if self._cued_at_s is not None and elapsed_s - self._cued_at_s < CUE_SHOWN_S:
            line = Text(f"  {CUE}  ", style="bold reverse").append_text(line)
        self._live.update(line)

    def cue(self, at_s: float) -> None:
        """A filler was heard: show the cue for a moment."""
        self._cued_at_s = at_s
        if not self._console.is_terminal:
            self._console.print(Text(f"  {clock(at_s)}  {CUE}"))

    def answered(self, question: Question, stopped_by: StoppedBy) -> None:  # noqa: ARG002 - the Protocol's signature
        """Take the live line away."""
        self.close()

    def first_result(self, take: Take) -> None:
        """A first look may miss fillers: what counts comes a second later."""

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None


def turn_line(question: Question, level_dbfs: float, elapsed_s: float) -> Text:
    """Render level and time of a short turn."""
    filled = round(METER_CELLS * max(0.0, min(1.0, 1 - level_dbfs / METER_FLOOR_DBFS)))
    line = Text("  ").append("|" * filled, style="green").append("." * (METER_CELLS - filled), style="dim")
    line.append(f"  {clock(elapsed_s)}", style="bold")
    line.append(f" of {clock(question.time_limit_s or 0)}  {STOP_HINT}", style="dim")
    return line


def reading_line(passage: Passage, window_s: tuple[float, float], elapsed_s: float) -> Text:
    """Render the time, its light, and the words that somebody who reads at the aim says just now."""
    reached = passage.reached(elapsed_s)
    words = " ".join(passage.words[max(0, reached - 2) : reached + 3])
    light = time_light(elapsed_s, window_s).value if elapsed_s >= window_s[0] else "read on"
    line = Text(f"  {clock(elapsed_s)}", style="bold").append(f" of {clock(passage.duration_s)}  ", style="dim")
    line.append(f"{light:<12}").append(f"now: {words:<34.34}")
    return line.append(f"  {STOP_HINT}", style="dim")
