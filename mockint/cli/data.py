"""`mockint data`: everything that mockint keeps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.cli.exporting import backup, export, import_, restore
from mockint.cli.purging import purge
from mockint.cli.rescore import rescore

if TYPE_CHECKING:
    from mockint.store.recovery import Survey


@click.group(name="data")
def command() -> None:
    """Keep your data safe, take it with you, or erase it. All of it stays on this computer."""


for each in (export, import_, backup, restore, purge, rescore):
    command.add_command(each)


@command.command("where")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def where(as_json: bool) -> None:
    """Say which folder holds your recordings, transcripts, scores, banks and settings.

    MOCKINT_HOME moves it.
    """
    from mockint.cli import console

    with wiring.store() as store:
        facts = store.describe()
    if as_json:
        console.print_json(
            {name: str(fact) if isinstance(fact, Path) else fact for name, fact in asdict(facts).items()}
        )
        return
    click.echo(facts.home)


@command.command("recover")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def recover(as_json: bool) -> None:
    """Complete takes that were cut off, and look for whatever has come apart. Nothing is deleted.

    Takes that a crash cut off are completed at every start too. A recording that cannot be played is moved into the
    folder lost+found of the data folder.
    """
    from mockint.cli import console

    with wiring.store() as store:
        found = store.survey()
    if as_json:
        console.print_json(
            {
                "well": found.is_well,
                "faults": list(found.faults),
                "recordings_without_take": [str(path) for path in found.stray_recordings],
                "recordings_set_aside": [str(path) for path in found.set_aside],
                "takes_without_recording": list(found.takes_without_recording),
            }
        )
        return
    for line in _survey_lines(found):
        click.echo(line)


def _survey_lines(found: Survey) -> list[str]:
    """Say what was found, and what can be done about it."""
    if found.is_well:
        return ["All is well: the database is sound, and every recording belongs to a take."]
    lines = [f"The database is damaged: {fault}." for fault in found.faults]
    lines += ["  Put a backup in its place: mockint data restore FILE"] if found.faults else []
    lines += [f"Belongs to no take: {path}" for path in found.stray_recordings]
    lines += ["  It is left as it is. To measure it: mockint score FILE"] if found.stray_recordings else []
    lines += [f"Cannot be played: {path}" for path in found.set_aside]
    lines += ["  A sound editor may read it as raw data: 16 bit, mono, 16000 Hz."] if found.set_aside else []
    lines += [f"Take {take_id} has no recording any more." for take_id in found.takes_without_recording]
    lines += ["  A backup may hold it: mockint data import FILE"] if found.takes_without_recording else []
    return lines
