"""`mockint practice`: a spoken interview, or the same session on recorded answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mockint.cli import choosing, wiring
from mockint.cli.choosing import DEFAULT_BANK
from mockint.cli.options import PracticeOptions
from mockint.cli.settings import FASTEST_VOICE_WPM, SLOWEST_VOICE_WPM
from mockint.modes import LONGEST_TIME_FACTOR


@click.command()
@click.argument("bank", required=False)
@choosing.choice_options
@click.option("--plan", is_flag=True, help="Show what the days to come will bring, and ask nothing.")
@click.option(
    "--interview-on", metavar="DAY", help="Plan up to this day, such as 2030-12-04; 'none' forgets it. Asks nothing."
)
@click.option(
    "--mode",
    type=click.Choice(["practice", "mock", "video"]),
    help="mock: a whole interview, scored at its end; video: as recorded video interviews go.",
)
@click.option(
    "--takes", type=click.IntRange(1), metavar="N", help="With --mode video: N takes a question (default: 1)."
)
@click.option("--more-time", is_flag=True, help="All times one and a half times as long.")
@click.option(
    "--time-factor",
    type=wiring.FiniteRange(1, LONGEST_TIME_FACTOR),
    metavar="F",
    help="All times F times as long, and so the aim for length.",
)
@click.option("--stammer", is_flag=True, help="Pauses, repeats and fillers are shown, and never scored.")
@click.option("--typed", is_flag=True, help="Type the answers: words and length count, nothing else is measured.")
@click.option("--resume", is_flag=True, help="Go on with the session that was left unfinished.")
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
@click.option(
    "--rate",
    type=click.IntRange(SLOWEST_VOICE_WPM, FASTEST_VOICE_WPM),
    metavar="WPM",
    help="How fast it speaks, in words a minute.",
)
@click.option("--slower", is_flag=True, help="The voice speaks slowly.")
@click.option("--no-voice", is_flag=True, help="Print the questions only.")
@click.option("--device", metavar="NAME", help="The microphone: its number, or a part of its name.")
@click.option("--silence", type=wiring.FiniteRange(0), metavar="S", help="Silence that ends an answer; 0: none does.")
@click.option(
    "--time-limit", type=wiring.FiniteRange(min=1), metavar="S", help="Longest answer, whatever the bank says."
)
@wiring.engine_options
@wiring.grade_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each answer.")
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
def command(*, plan: bool, interview_on: str | None, **given: Any) -> None:
    """Hold a spoken mock interview: what is due for you today, or questions of BANK.

    Each question is printed and spoken. Answer aloud; press Enter when you have finished, or fall silent. Every answer
    is stored before its score is shown, and Ctrl-C keeps what you have said; --resume goes on with what is left.
    """
    wanted = choosing.take_wanted(given)
    if plan or interview_on is not None:
        from mockint.cli import ahead

        ahead.show_plan(wanted, interview_on, as_json=given["as_json"])
        return
    options = with_samples(PracticeOptions(wanted=wanted, **given))
    settings = wiring.settings()
    with wiring.store() as store, wiring.keyboard(allowed=not (options.no_input or options.as_json)) as keyboard:
        from mockint.cli import planning, session

        session.hold(planning.begin(options, settings, store, keyboard))


def with_samples(options: PracticeOptions) -> PracticeOptions:
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
