"""A debrief on its way: the draft in the data folder, the editor, and files that a person filled in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.data_folder import DRAFTS_FOLDER
from mockint.errors import MockintError, UsageProblem
from mockint.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mockint.afterwards.debrief_file import DebriefFile
    from mockint.afterwards.followups import Search
    from mockint.afterwards.records import Application, Debrief


def draft_path(application: Application) -> Path:
    """Return where the draft of an application's debrief is kept until it is taken in."""
    return wiring.home() / DRAFTS_FOLDER / f"debrief-{application.id}.yaml"


def keep_draft(application: Application, debrief: Debrief) -> Path:
    """Write a draft, and return its place. Raises StoreProblem."""
    from mockint.afterwards.debrief_file import debrief_text
    from mockint.store.home import write_private_file

    path = draft_path(application)
    write_private_file(path, debrief_text(debrief, str(application.id), application.name).encode())
    return path


def how_to_go_on(application: Application, path: Path) -> str:
    """Return the hint about a draft that is kept."""
    return f"Your draft is kept: {path}. Go on with: mockint debrief {application.id} --edit"


@contextmanager
def kept_if_it_fails(application: Application, debrief: Debrief) -> Iterator[None]:
    """While a debrief is being stored: where that fails it becomes a draft, and when it is done the draft goes."""
    try:
        yield
    except MockintError as problem:
        path = keep_draft(application, debrief)
        problem.hint = f"{problem.hint} {how_to_go_on(application, path)}".strip()
        raise
    draft_path(application).unlink(missing_ok=True)


def from_editor(application: Application, start: Debrief) -> Debrief:
    """Open the draft in the editor, and read it when the editor is closed.

    A draft that was kept before is opened again; `start` begins a new one. Raises MockintError, the draft kept, where
    there is no editor, it fails, nothing was filled in, or what was filled in has faults.
    """
    path = draft_path(application)
    if not path.exists():
        keep_draft(application, start)
    hint = how_to_go_on(application, path)
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        raise MockintError(
            f"The editor did not work: {error.format_message()}.",
            f"{hint}; EDITOR names another editor. Or fill the file in yourself: mockint debrief --file {path}",
        ) from error
    return _dated(_read(path, hint), application)


def from_file(path: Path, wanted: str | None, search: Search) -> tuple[Application, Debrief]:
    """Read a file that a person filled in. The application is the one that is `wanted`, else the one that it names."""
    from mockint.afterwards.entries import find_application

    read = _read(path, f"{path} is as it was.")
    named = wanted or read.application
    if named is None:
        raise UsageProblem(
            f"{path} does not say which application it is about.",
            "Write 'application: 3' into it, or name one: mockint debrief 3 --file FILE",
        )
    application = find_application(search.applications, named)
    return application, _dated(read, application)


def _dated(read: DebriefFile, application: Application) -> Debrief:
    """Return the debrief; where its file names no day, the last interview is meant."""
    from dataclasses import replace

    if read.has_day:
        return read.debrief
    return replace(read.debrief, held_on=application.last_talk(wiring.now().date()))


def _read(path: Path, hint: str) -> DebriefFile:
    """Read a filled-in file; each fault is told on a line of its own. Raises MockintError."""
    from mockint.afterwards.debrief_file import read_debrief

    read, faults = read_debrief(path, wiring.now().date())
    for fault in faults:
        click.echo(str(fault), err=True)
    if read is None:
        count = sum(not fault.warning for fault in faults)
        raise MockintError(f"{counted(count, 'fault')}: the debrief is not taken in yet.", hint)
    if read.debrief.is_empty:
        raise MockintError("Nothing is filled in yet.", hint)
    return read
