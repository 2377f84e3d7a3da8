"""`mockint progress`: how delivery moves over time."""

from __future__ import annotations

import click

from mockint.cli import wiring


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Show each measure over all your sessions, and whether it really moved or only wavered."""
    from mockint.cli import console
    from mockint.progress import measures_of, progress_of

    with wiring.store() as store:
        newest = store.takes(last=1)
        points = store.points()
    measures = measures_of(newest[0]) if newest else ()
    progress = progress_of(points, measures)
    if as_json:
        from mockint.pages.promised import progress_object

        console.print_json(progress_object(progress))
        return
    from mockint.pages.trends import trend_lines

    console.print_lines(trend_lines(progress))
