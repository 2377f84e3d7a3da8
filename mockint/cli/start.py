"""`mockint` alone: where you stand, and the next step."""

from __future__ import annotations

import click

from mockint.cli import wiring


def show() -> None:
    """Say what there is and what to do next."""
    with wiring.store() as store:
        session = store.last_session()
        take_count = store.take_count()
    if session is None:
        click.echo("Welcome. mockint asks you interview questions aloud, listens, and shows how you came across.")
        click.echo("\nNext: mockint practice     (about ten minutes; it needs a microphone)")
        click.echo("      mockint doctor       (checks microphone, voice and recogniser first)")
        return
    click.echo(f"{take_count} takes so far; the last session was on {session.started_at.astimezone():%A %d %B %Y}.")
    click.echo("\nNext: mockint practice     (questions that you have not answered yet, or longest ago)")
    click.echo("      mockint review       (the last session again)")
    click.echo("      mockint progress     (how your delivery moves)")
