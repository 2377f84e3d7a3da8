"""`mockint data`: everything that mockint keeps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from mockint.cli import wiring
from mockint.cli.rescore import rescore


@click.group(name="data")
def command() -> None:
    """See where your data is, and score it anew. All of it stays on this computer."""


command.add_command(rescore)


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
