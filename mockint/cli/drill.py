"""`mockint drill`: fewer fillers by habit reversal, and a passage at a steady pace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mockint.cli import wiring
from mockint.cli.options import DrillOptions
from mockint.errors import UsageProblem

SLOWEST_WPM, FASTEST_WPM = 80.0, 220.0
"""Beyond, nobody is understood for long."""


@click.command()
@click.argument("kind", type=click.Choice(["fillers", "pace"]), default="fillers", metavar="[fillers|pace]")
@click.option("--turns", type=click.IntRange(1, 12), metavar="N", help="Take at most N turns (default: 6).")
@click.option(
    "--wpm", type=wiring.FiniteRange(SLOWEST_WPM, FASTEST_WPM), metavar="N", help="Read at N words a minute (pace)."
)
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="DIR", help="Take recordings in DIR as the answers."
)
@click.option("--realtime", is_flag=True, help="With --answers: feed them at the speed of speech.")
@click.option("--cue/--no-cue", default=True, help="Show two words when a filler is heard (the default), or not.")
@click.option("--no-sound", is_flag=True, help="List your fillers instead of playing them.")
@click.option("--no-voice", is_flag=True, help="Print what is asked only.")
@click.option("--device", metavar="NAME", help="The microphone: its number, or a part of its name.")
@wiring.engine_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--no-input", is_flag=True, help="Never wait for a key.")
def command(**given: Any) -> None:
    """Drill what you cannot hear while you speak: fillers (the default), or your pace.

    fillers: you hear your own, one after another. Then you answer in short turns on light subjects: whenever you feel
    an um coming, be silent instead. After each turn you see what came, and three in a row below your usual rate reach
    the goal.

    pace: you read a passage aloud in a minute, and see your words a minute second by second.

    Turns are kept as takes, but they do not count in your progress.
    """
    from mockint.bank import load_bank, shipped_banks_folder
    from mockint.cli import drill_listening, drill_pace, drill_turns
    from mockint.cli.drill_session import Drill
    from mockint.drills import BANK_ID

    options = DrillOptions(**given)
    if options.wpm is not None and options.kind != "pace":
        raise UsageProblem("--wpm goes with the drill of your pace.", "mockint drill pace --wpm 150")
    bank = load_bank(shipped_banks_folder() / "drills" / f"{BANK_ID}.yaml")
    with wiring.store() as store, wiring.keyboard(allowed=not (options.no_input or options.as_json)) as keyboard:
        drill = Drill(options=options, settings=wiring.settings(), store=store, keyboard=keyboard, bank=bank)
        if options.kind == "pace":
            drill_pace.read_passage(drill)
        elif drill_listening.hear_own_fillers(drill):
            drill_turns.take_turns(drill)
