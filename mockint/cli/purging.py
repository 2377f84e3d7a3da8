"""`mockint data purge`: erasing takes for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem
from mockint.figures import counted

if TYPE_CHECKING:
    from datetime import timedelta

    from mockint.store.purging import Purge
    from mockint.store.takes import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What was named on the command line."""

    takes: tuple[int, ...]
    sessions: tuple[int, ...]
    older_than: timedelta | None
    everything: bool


def _age(_context: click.Context, _option: click.Parameter, text: str | None) -> timedelta | None:
    from mockint.cli.settings import days

    if text is None:
        return None
    try:
        return days(text)
    except ValueError:
        raise UsageProblem(f"'{text}' is no number of days.", "For example: --older-than 90d") from None


@click.command("purge")
@click.option("--take", "takes", type=int, multiple=True, metavar="N", help="Take N; may be given several times.")
@click.option("--session", "sessions", type=int, multiple=True, metavar="N", help="All takes of session N.")
@click.option("--older-than", callback=_age, metavar="DAYS", help="All takes that are older, for instance 90d.")
@click.option("--all", "everything", is_flag=True, help="Everything but your settings, banks, letters and weights.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-input", is_flag=True, help="Never ask; without --yes nothing is erased.")
def purge(
    *,
    takes: tuple[int, ...],
    sessions: tuple[int, ...],
    older_than: timedelta | None,
    everything: bool,
    yes: bool,
    no_input: bool,
) -> None:
    """Erase takes for good, after saying what goes and asking.

    Recordings, transcripts, scores, corrections and feedback go, and nothing of them stays in the database file.
    Backups and exports, and pages that you wrote elsewhere, are yours to delete. To be rid of recordings alone, set
    keep_audio in config.yaml.
    """
    from mockint.cli import console
    from mockint.store.purging import carry_out

    chosen = _Chosen(takes=takes, sessions=sessions, older_than=older_than, everything=everything)
    if everything == bool(takes or sessions or older_than):
        raise UsageProblem("Name what is to be erased, or all of it.", "mockint data purge --take 12, or --all")
    with wiring.store() as store:
        found = _purge(chosen, store)
    if found.is_nothing:
        console.say("There is nothing to erase.")
        return
    for line in _lines(found):
        console.say(line)
    if not (yes or console.confirmed("Erase it for good?", no_input=no_input)):
        console.say("Nothing was erased.")
        return
    carry_out(found, wiring.home())
    click.echo("Erased.")
    _say_what_is_left()


def _purge(chosen: _Chosen, store: Store) -> Purge:
    """Return what is to be erased. Raises UsageProblem where there is no such take or session."""
    from mockint.store.purging import purge_of_everything, purge_of_takes, take_ids_before

    if chosen.everything:
        return purge_of_everything(store.home)
    take_ids = {store.take(take_id).id for take_id in chosen.takes}
    for session_id in chosen.sessions:
        take_ids |= {take.id for take in store.takes(session_id=store.session(session_id).id)}
    if chosen.older_than is not None:
        take_ids |= {*take_ids_before(store.home, wiring.now() - chosen.older_than)}
    return purge_of_takes(store.home, sorted(take_ids), chosen.sessions)


def _lines(purge: Purge) -> list[str]:
    """Say what goes, before it goes."""
    from mockint.cli.asked import bank_path

    count = len(purge.take_ids)
    numbers = f" ({', '.join(map(str, purge.take_ids))})" if 0 < count <= 10 else ""  # noqa: PLR2004 - what fits a line
    lines = ["This is to be erased for good:"]
    lines += [f"  {counted(count, 'take')}{numbers}: what was said, measured, scored, corrected and answered"]
    home = wiring.home()
    folders = sorted({path.relative_to(home if home in path.parents else home.parent).parts[0] for path in purge.paths})
    lines += [f"  {purge.byte_count / 1e6:.1f} MB of files in {', '.join(folders)}"] if folders else []
    if purge.everything:
        others = {name: rows for name, rows in purge.row_counts.items() if rows and name not in {"takes", "standings"}}
        rows_of_all = ", ".join(f"{name.replace('_', ' ')} {rows}" for name, rows in others.items())
        lines += [f"  all rows of all tables: {rows_of_all}"] if others else []
        lines += ["Your settings, question banks, letter templates and fetched weights stay."]
        asked = bank_path()
        lines += [f"What you were asked in real interviews is such a bank: {asked}"] if asked.exists() else []
    return lines


def _say_what_is_left() -> None:
    from mockint.cli import console
    from mockint.store.importing import folders_set_aside

    home = wiring.home().resolve()
    for path in folders_set_aside(home):
        console.say(f"A data folder that was set aside when you restored another is still there: {path}")
    console.say("Backups, exports, and pages that you wrote elsewhere, are yours to delete.")
