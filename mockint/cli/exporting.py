"""`mockint data export`, `import`, `backup` and `restore`: all of one's data in plain files, and back again.

A backup is an export under a dated name: one format, which a person can read and mockint can put back exactly.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import Interrupted, StoreProblem, UsageProblem
from mockint.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from mockint.store.archive import Advance
    from mockint.store.importing import Imported

_SOURCE = click.Path(path_type=Path)


@click.command("export")
@click.argument("path", type=_SOURCE, metavar="FOLDER|FILE.zip")
def export(path: Path) -> None:
    """Write everything to a new FOLDER or ZIP FILE, as plain files.

    Tables are JSON Lines, recordings stay as they are, and a README.txt in it tells what is what, so that it can be
    read without mockint. It is read again before it gets its name, and nothing is ever overwritten.
    """
    _export(path)


@click.command("backup")
@click.argument("path", type=_SOURCE, metavar="FOLDER|FILE.zip")
def backup(path: Path) -> None:
    """Write everything to one ZIP FILE, or to a dated one in FOLDER: best on another disk.

    It is an export, checked in the same way. `mockint data restore` puts it back.
    """
    from mockint.store.archive import is_zip_name

    if path.is_dir():
        path /= f"mockint-{wiring.now():%Y%m%d-%H%M%S}.zip"
    if not is_zip_name(path):
        raise UsageProblem(f"{path} is no folder, and no name that ends in .zip.", "mockint data backup mockint.zip")
    _export(path)


def _export(path: Path) -> None:
    from mockint.cli import console
    from mockint.store.exporting import byte_count_of, export_home

    with wiring.store():  # what a crash cut off is completed first
        pass
    home = wiring.home()
    with _nothing_done("Nothing was written."), _bytes("Writing and checking", 2 * byte_count_of(home)) as advance:
        exported = export_home(home, path, created_at=wiring.now(), advance=advance)
    click.echo(exported.path)
    counts = f"{counted(exported.row_counts['takes'], 'take')}, {counted(exported.file_count, 'file')}"
    console.say(f"{counts}, {exported.byte_count / 1e6:.1f} MB: written, read again, and all of it is there.")
    for name in exported.left_out:
        wiring.complain(StoreProblem(f"Left out, for its name cannot go into every file system: {name!r}."))


@click.command("import")
@click.argument("path", type=_SOURCE, metavar="FOLDER|FILE.zip")
def import_(path: Path) -> None:
    """Add what is in an export or backup and not here yet. Nothing that is here is overwritten or deleted.

    Takes are known again wherever they come from: those that are here already are passed over. Takes that are added to
    others get new numbers.
    """
    from mockint.store.archive import open_archive
    from mockint.store.importing import import_into

    with wiring.store():
        pass
    with (
        _nothing_done("Nothing was changed."),
        open_archive(path) as archive,
        _bytes("Reading and checking", archive.byte_count) as advance,
    ):
        imported = import_into(wiring.home(), archive, advance=advance)
    _say_imported(imported)
    with wiring.store():  # recordings that are older than the user keeps them go again
        pass


def _say_imported(imported: Imported) -> None:
    from mockint.cli import console

    ids = imported.take_ids
    numbers = f", numbered from {ids[0]} on" if imported.renumbered and ids else ""
    known = (
        f"; {counted(imported.known_take_count, 'take')} of it were here already" if imported.known_take_count else ""
    )
    click.echo(f"{counted(len(ids), 'take')} added{numbers}{known}.")
    rows = [f"{name.replace('_', ' ')} {count}" for name, count in imported.added.items() if count]
    if rows or imported.file_count:
        console.say(f"Added in all: {', '.join([*rows, f'files {imported.file_count}'])}.")
    for name in imported.kept_files:
        console.say(f"{name} is another here: it stays as it is.")


@click.command("restore")
@click.argument("path", type=_SOURCE, metavar="FOLDER|FILE.zip")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-input", is_flag=True, help="Never ask; without --yes nothing is restored.")
def restore(path: Path, yes: bool, no_input: bool) -> None:
    """Put a backup or export in the place of the data folder, after asking.

    What is here now is kept beside it under another name. To add what is missing instead: mockint data import.
    """
    from mockint.cli import console
    from mockint.store.archive import open_archive
    from mockint.store.importing import restore_in_place_of
    from mockint.store.staging import read_manifest

    home = wiring.home()
    aside = home.resolve().with_name(f"{home.resolve().name}.before-{wiring.now():%Y%m%d-%H%M%S}")
    with _nothing_done("Nothing was changed."), open_archive(path) as archive:
        manifest = read_manifest(archive)
        takes = counted(manifest.row_counts.get("takes", 0), "take")
        console.say(f"{path} was written on {manifest.created_at:%Y-%m-%d} and holds {takes}.")
        if home.exists():
            console.say(f"{_what_is_here()} It will be kept as {aside}.")
            if not (yes or console.confirmed("Put the backup in its place?", no_input=no_input)):
                console.say("Nothing was changed.")
                return
        with _bytes("Reading and checking", archive.byte_count) as advance:
            restore_in_place_of(home, archive, aside=aside, advance=advance)
    click.echo(f"{takes} restored to {home}.")
    if aside.exists():
        console.say(f"What was here before is in {aside}: delete it when you need it no more.")


def _what_is_here() -> str:
    from mockint.store.takes import Store

    home = wiring.home()
    try:
        with Store(home) as store:
            newest = store.takes(last=1)
            day = f", the last one of {newest[0].asked_at.astimezone():%Y-%m-%d}" if newest else ""
            return f"The data folder {home} holds {counted(store.take_count(), 'take')}{day}."
    except StoreProblem as problem:
        return f"The data folder {home} cannot be read: {problem.problem}"


@contextmanager
def _nothing_done(what: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted("Stopped.", what) from None


def _bytes(what: str, byte_count: int) -> AbstractContextManager[Advance]:
    from mockint.cli import console

    return console.byte_progress(what, byte_count)
