"""`mockint doctor`: is everything there? Each line is ok, or says exactly what to do."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import EXIT_DONE, EXIT_FAILED, EXIT_NO_AUDIO, EXIT_NO_RECOGNISER, MockintError, UsageProblem
from mockint.figures import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockint.cli.settings import Settings

LISTEN_S = 1.0
"""How long the microphone is listened to."""

QUIET_DBFS = -65.0
"""A microphone below this in an ordinary room is muted, or the wrong one."""

ROOM_FOR_RECORDINGS_MB = 500
"""About four hours of answers."""

OTHERS = 0o077
"""The rights of everybody but the owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each check.")
@click.option("--offline", is_flag=True, help="Prove that no network is used, by a sample answer without one.")
@click.option("--voices", is_flag=True, help="List the voices that can ask the questions.")
@click.option("--voice", is_flag=True, help="Measure how well mockint hears you: read a short passage aloud.")
@click.option(
    "--recording", type=click.Path(path_type=Path), metavar="FILE", help="With --voice: you reading it, recorded."
)
@click.option("--device", metavar="NAME", help="With --voice: another microphone.")
@wiring.engine_options
def command(
    *,
    as_json: bool,
    offline: bool,
    voices: bool,
    voice: bool,
    recording: Path | None,
    device: str | None,
    engine: str | None,
    weights: Path | None,
) -> None:
    """Check data folder, disk, recogniser, voice, loudspeaker and microphone.

    Say something while it listens: it shows how loud you are. Exits 0 when all is well, else with the code that a
    session would end with.

    With --voice, read the passage that is shown: mockint then knows how many of your words and fillers it misses on
    this microphone, and says so with your scores where it is many.

    With --offline, a sample answer takes the whole way while every connection is refused, and you are told what that
    proves and what not.
    """
    from mockint.cli import console

    if voices:
        _list_voices(as_json=as_json)
        return
    if offline:
        from mockint.cli.offline import check_offline

        check_offline(engine or wiring.settings().engine, weights, as_json=as_json)
        return
    if voice:
        from mockint.cli.hearing import check_hearing

        settings = wiring.settings()
        recogniser = wiring.recogniser(engine or settings.engine, weights)
        device = device or settings.microphone
        check_hearing(recogniser, settings, recording=recording, device=device, as_json=as_json)
        return
    if (recording, device, engine, weights) != (None,) * 4:
        raise UsageProblem("That option goes with --voice.", "mockint doctor --voice")
    exit_code = EXIT_DONE
    for name, check, code in CHECKS:
        finding = _run(name, check)
        if not finding.ok:
            exit_code = exit_code or code
        if as_json:
            console.print_json(
                {"name": finding.name, "ok": finding.ok, "detail": finding.detail, "fix": finding.fix or None}
            )
        else:
            _show(finding)
    raise SystemExit(exit_code)


def _run(name: str, check: Callable[[Settings], str]) -> Finding:
    try:
        return Finding(name=name, ok=True, detail=check(wiring.settings()))
    except MockintError as problem:
        return Finding(name=name, ok=False, detail=problem.problem, fix=problem.hint)


def _show(finding: Finding) -> None:
    from rich.table import Table
    from rich.text import Text

    from mockint.cli import console

    columns = Table.grid(padding=(0, 1))
    columns.add_column(width=4)
    columns.add_column(width=11)
    columns.add_column()
    state = Text("ok", style="green") if finding.ok else Text("FIX", style="bold red")
    columns.add_row(state, Text(finding.name, style="bold"), Text(finding.detail))
    if finding.fix:
        columns.add_row("", "", Text(finding.fix))
    console.print_lines([columns])


# --- the checks: each returns what it found, or raises with the fix -------------------------------


def _data_folder(_settings: Settings) -> str:
    with wiring.store() as store:
        if os.name == "posix" and store.home.stat().st_mode & OTHERS:
            raise MockintError(f"Others who use this computer can look into {store.home}.", f"chmod 700 '{store.home}'")
        return f"{store.home}, {counted(store.describe().take_count, 'take')}"


def _disk(_settings: Settings) -> str:
    free_mb = shutil.disk_usage(_existing(wiring.home())).free // 1_000_000
    if free_mb < ROOM_FOR_RECORDINGS_MB:
        raise MockintError(f"{free_mb} MB are free.", "Make room: an hour of answers takes about 60 MB.")
    return f"{free_mb / 1000:.1f} GB are free"


def _recogniser(settings: Settings) -> str:
    recogniser = wiring.recogniser(settings.engine, None)
    recogniser.load()
    return f"{recogniser.name}, loaded"


def _hearing(_settings: Settings) -> str:
    with wiring.store() as store:
        newest = store.hearing_checks.newest()
    if newest is None:
        return "not measured yet how well you are heard: mockint doctor --voice"
    check = newest.check
    found = f"{check.found_filler_count} of {check.planted_filler_count} fillers found"
    return f"{found}, {check.word_error:.0%} of words wrong, on {newest.at.astimezone():%Y-%m-%d}"


def _voice(settings: Settings) -> str:
    from mockint.devices.voice import Pyttsx3Voice

    voice = Pyttsx3Voice(voice=settings.voice, rate_wpm=settings.rate)
    spoken = voice.synthesise("Tell me about yourself.")
    return f"{settings.voice or 'the default voice'} speaks ({spoken.duration_s:.1f} s of sound made)"


def _speaker(settings: Settings) -> str:
    from mockint.devices.soundcard import Direction, choose_device

    return choose_device(Direction.OUTPUT, settings.speaker).name


def _microphone(settings: Settings) -> str:
    from mockint.devices.microphone import measure_level
    from mockint.devices.soundcard import Direction, choose_device

    name = choose_device(Direction.INPUT, settings.microphone).name
    level = measure_level(settings.microphone, LISTEN_S)
    if level.peak_dbfs is None or level.rms_dbfs is None:
        raise MockintError(
            f"{name} gives digital silence.", "Unmute it, or allow this terminal to use it in the privacy settings."
        )
    if level.peak_dbfs < QUIET_DBFS:
        raise MockintError(
            f"{name} is very quiet (peak {level.peak_dbfs:.0f} dBFS).", "Turn its level up, or choose another one."
        )
    return f"{name}, level {level.rms_dbfs:.0f} dBFS, peak {level.peak_dbfs:.0f} dBFS"


CHECKS: tuple[tuple[str, Callable[[Settings], str], int], ...] = (
    ("data folder", _data_folder, EXIT_FAILED),
    ("disk", _disk, EXIT_FAILED),
    ("recogniser", _recogniser, EXIT_NO_RECOGNISER),
    ("hearing", _hearing, EXIT_FAILED),
    ("voice", _voice, EXIT_FAILED),
    ("loudspeaker", _speaker, EXIT_NO_AUDIO),
    ("microphone", _microphone, EXIT_NO_AUDIO),
)


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def _list_voices(*, as_json: bool) -> None:
    from rich.table import Table

    from mockint.cli import console
    from mockint.devices.voice import list_voices

    voices = list_voices()
    if as_json:
        for voice in voices:
            console.print_json({"id": voice.id, "name": voice.name, "languages": list(voice.languages)})
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("VOICE")
    table.add_column("ID")
    table.add_column("LANGUAGES")
    for voice in voices:
        table.add_row(voice.name, voice.id, ", ".join(voice.languages))
    console.print_lines([table])
