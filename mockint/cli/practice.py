"""`mockint practice`: a spoken interview, or the same session on recorded answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli import choosing, wiring
from mockint.cli.choosing import DEFAULT_BANK, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockint.cli.keys import Keyboard
    from mockint.cli.settings import Settings
    from mockint.interview import Microphone, StopRule, Voice
    from mockint.model import Question, Take
    from mockint.progress import TakePoint
    from mockint.store.takes import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    wanted: Wanted
    answers: Path | None
    realtime: bool
    samples: str
    voice: str | None
    rate: int | None
    no_voice: bool
    device: str | None
    silence: float | None
    time_limit: float | None
    engine: str | None
    weights: Path | None
    grade: bool | None
    as_json: bool
    no_input: bool


@click.command()
@click.argument("bank", required=False)
@choosing.choice_options
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="DIR", help="Take recordings in DIR as the answers."
)
@click.option("--realtime", is_flag=True, help="With --answers: feed them at the speed of speech.")
@click.option(
    "--samples",
    type=click.Choice(["never", "auto", "always"]),
    default="never",
    help="Use the sample answers that come with mockint; auto: where there is no microphone or nobody to speak.",
)
@click.option("--voice", metavar="NAME", help="The voice that asks (see: mockint doctor --voices).")
@click.option("--rate", type=click.IntRange(80, 400), metavar="WPM", help="How fast it speaks, in words a minute.")
@click.option("--no-voice", is_flag=True, help="Print the questions only.")
@click.option("--device", metavar="NAME", help="The microphone: its number, or a part of its name.")
@click.option("--silence", type=click.FloatRange(0), metavar="S", help="Silence that ends an answer; 0: none does.")
@click.option("--time-limit", type=click.FloatRange(min=1), metavar="S", help="Longest answer, whatever the bank says.")
@wiring.engine_options
@wiring.grade_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each answer.")
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
def command(**given: Any) -> None:
    """Hold a spoken mock interview on BANK (default: the starter bank).

    Each question is printed and spoken. Answer aloud; press Enter when you have finished, or fall silent. Every answer
    is stored before its score is shown, and Ctrl-C keeps what you have said.
    """
    options = with_samples(Options(wanted=choosing.take_wanted(given), **given))
    settings = wiring.settings()
    with wiring.store() as store, wiring.keyboard(allowed=not (options.no_input or options.as_json)) as keyboard:
        chosen = choosing.choose(options.wanted, store, answers=options.answers)
        questions = chosen.questions
        microphone: Microphone
        if options.answers is None:
            microphone = wiring.microphone(options.device or settings.microphone)
        else:
            recorded = wiring.recorded_answers(options.answers, questions, realtime=options.realtime)
            microphone, questions = recorded, recorded.answerable
        _hold(_Session(chosen.bank_id, questions, options, settings, microphone, store, keyboard))


def with_samples(options: Options) -> Options:
    """Put the sample answers in the place of the microphone where they are wanted, and say why."""
    from dataclasses import replace

    if options.samples == "never" or options.answers is not None:
        return options
    if options.samples == "auto":
        reason = wiring.why_nobody_can_answer(options.device)
        if reason is None:
            return options
        click.echo(
            f"{reason} So this session runs on sample answers: a synthetic voice, through the same path.", err=True
        )
    folder = wiring.sample_answers_folder()
    wanted = replace(options.wanted, bank=DEFAULT_BANK, count=None)
    return replace(options, wanted=wanted, answers=folder, no_voice=True, no_input=True)


@dataclass(frozen=True, slots=True)
class _Session:
    bank_id: str
    questions: Sequence[Question]
    options: Options
    settings: Settings
    microphone: Microphone
    store: Store
    keyboard: Keyboard


# --- the session ----------------------------------------------------------------------------------


def _hold(session: _Session) -> None:
    """Conduct the session and show each take as it is finished."""
    import time

    from mockint.cli import console
    from mockint.cli.screen import TerminalScreen
    from mockint.interview import StoppedBy, Tools, conduct

    options, method = session.options, session.settings.scoring
    showing = _Showing(session, () if options.as_json else session.store.points())
    screen = TerminalScreen(
        console.messages(), stop_hint="Enter: I have finished", method=method, show_first=showing.first
    )
    agenda = Agenda(session.questions)
    recogniser = wiring.recogniser(options.engine or session.settings.engine, options.weights)
    tools = Tools(
        voice=_voice(session),
        microphone=session.microphone,
        live=options.answers is None or options.realtime,
        recogniser=recogniser,
        keeper=wiring.keeper(session.store, session.bank_id, mode="practice"),
        screen=screen,
        now=wiring.now,
        clock_s=time.monotonic,
        stop_rule=_stop_rules(session),
        method=method,
        caveats=_hearing_caveats(session, recogniser.name),
    )
    try:
        for take in conduct(agenda.questions(), tools):
            showing.finished(take)
            broke_off = screen.stopped_by is StoppedBy.TROUBLE  # the reason follows: nothing is asked in between
            if session.keyboard.is_there and not broke_off:
                _what_next(take, agenda, session)
    finally:
        screen.close()


class Agenda:
    """What is still to be asked; a question can be put in front again."""

    def __init__(self, questions: Sequence[Question]) -> None:
        from collections import deque

        self._waiting = deque(questions)

    def questions(self) -> Iterator[Question]:
        """Yield each question when its turn comes."""
        while self._waiting:
            yield self._waiting.popleft()

    def again(self, question: Question) -> None:
        """Ask this question next."""
        self._waiting.appendleft(question)

    def clear(self) -> None:
        """Ask no more."""
        self._waiting.clear()

    @property
    def is_empty(self) -> bool:
        """Whether the last question was asked."""
        return not self._waiting


def _voice(session: _Session) -> Voice:
    options, settings = session.options, session.settings
    if options.no_voice:
        return wiring.silent_voice()
    return wiring.voice(options.voice or settings.voice, options.rate or settings.rate, settings.speaker)


def _hearing_caveats(session: _Session, engine: str) -> tuple[str, ...]:
    """What is known of how well this person is heard; nothing is known of the voice of the sample answers."""
    options = session.options
    if options.answers == wiring.sample_answers_folder():
        return ()
    microphone = (
        wiring.microphone_name(options.device or session.settings.microphone) if options.answers is None else None
    )
    return wiring.hearing_caveats(session.store, engine, microphone)


def _stop_rules(session: _Session) -> Any:
    from mockint.interview import StopRule

    options = session.options
    silence_s = session.settings.silence if options.silence is None else options.silence
    ends_by_silence = silence_s > 0 and options.answers is None  # a recording ends where it ends

    def rule(question: Question) -> StopRule:
        return StopRule(
            key_pressed=session.keyboard.pressed,
            silence_s=silence_s if ends_by_silence else None,
            time_limit_s=options.time_limit or (None if options.answers else question.time_limit_s),
        )

    return rule


class _Showing:
    """Shows each take: a quick first result as it comes, then the thorough one, or what it changed."""

    def __init__(self, session: _Session, earlier: Sequence[TakePoint]) -> None:
        """earlier: the takes of the sessions before, which tell what is usual for the speaker."""
        options = session.options
        self._as_json = options.as_json
        self._graded = session.settings.grade if options.grade is None else options.grade
        self._earlier = earlier
        self._first: Take | None = None

    def first(self, take: Take) -> None:
        """Show the quick result: as the card, or, where stdout is for JSON, in a line on stderr."""
        from mockint.cli import console
        from mockint.pages.card import score_in_words

        self._first = wiring.take_to_show(take, graded=self._graded)
        if self._as_json:
            said = f"First score: {score_in_words(self._first)}; refining ..."
            console.messages().print(said, style="dim")
        else:
            self._print_card(take, self._first)

    def finished(self, take: Take) -> None:
        """Show the thorough result; after a quick one, only what it changed."""
        from mockint.cli import console
        from mockint.pages.card import refined_line
        from mockint.pages.promised import take_object

        shown = wiring.take_to_show(take, graded=self._graded)
        first, self._first = self._first, None
        if self._as_json:
            console.print_json(take_object(shown))
        elif first is None:
            self._print_card(take, shown)
        else:
            line = refined_line(first, shown)
            console.print_lines([] if line is None else [line])

    def _print_card(self, take: Take, shown: Take) -> None:
        from mockint.cli import console
        from mockint.pages.card import card

        console.print_lines(["", *card(shown, wiring.own_bands(take, self._earlier))])


def _what_next(take: Take, agenda: Agenda, session: _Session) -> None:
    """Play, answer again, see the transcript, go on or quit: until the person goes on."""
    from mockint.cli import console, playing

    onward = "finish" if agenda.is_empty else "next question"
    messages = console.messages()
    while True:
        messages.print(f"\n[Enter] {onward}   [p] play   [a] answer again   [t] transcript   [q] quit", style="dim")
        match session.keyboard.choose("npatq"):
            case "p":
                playing.play_take(take, device=session.settings.speaker, keyboard=session.keyboard)
            case "a":
                agenda.again(take.question)
                return
            case "t":
                from mockint.pages.transcript import take_lines

                console.print_lines(take_lines(take))
            case "q":
                agenda.clear()
                return
            case _:
                return
