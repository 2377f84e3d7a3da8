"""`mockint score`: recordings that already exist, few or many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from mockint.cli import wiring
from mockint.errors import AudioFileProblem, Interrupted, MockintError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockint.cli.scoring_jobs import Scored
    from mockint.model import Result


@click.command()
@click.argument("audio", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="Score N files at the same time.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add the JSON objects to FILE; files that it already holds are not scored again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each file.")
@wiring.grade_option
@wiring.engine_options
def command(
    *,
    audio: tuple[Path, ...],
    jobs: int,
    out: Path | None,
    as_json: bool,
    grade: bool | None,
    engine: str | None,
    weights: Path | None,
) -> None:
    """Measure and score recordings: pace, pauses, fillers, each point with its reason. Nothing is stored.

    AUDIO is any number of sound files (WAV, FLAC, OGG, MP3 and others, at any rate), or folders of them. A file that
    cannot be read does not stop the others. With --out, an interrupted run goes on where it stopped.
    """
    from mockint.cli.scoring_jobs import Job, score_all

    settings = wiring.settings()
    wiring.recogniser(engine or settings.engine, weights)  # what is wrong with it is said once, before anything else
    paths = _sound_files(audio)
    done = _already_in(out)
    job = Job(
        engine=engine or settings.engine,
        weights=weights,
        method=settings.scoring,
        graded=settings.shows_points(grade),
    )
    waiting = [path for path in paths if str(path) not in done]
    if len(waiting) < len(paths):
        click.echo(f"{len(paths) - len(waiting)} of {len(paths)} files are in {out} already.", err=True)
    _report(score_all(waiting, job, jobs), len(waiting), out, as_json=as_json)


def _report(results: Iterable[Scored], count: int, out: Path | None, *, as_json: bool) -> None:
    """Print, and write, each result as it comes. Raises MockintError where any file failed."""
    from contextlib import ExitStack

    from mockint.cli import console
    from mockint.pages.promised import result_object

    failed_count = done_count = 0
    with ExitStack() as stack:
        file = None if out is None else stack.enter_context(_opened(out))
        advance = stack.enter_context(console.progress("Scoring", count))
        try:
            for scored in results:
                advance()
                done_count += 1
                if isinstance(scored.outcome, AudioFileProblem):
                    failed_count += 1
                    wiring.complain(scored.outcome)
                    continue
                if file is not None:
                    file.write(json.dumps(result_object(str(scored.path), scored.outcome), ensure_ascii=False) + "\n")
                    file.flush()
                _print(scored.path, scored.outcome, as_json=as_json, quiet=file is not None)
        except KeyboardInterrupt:
            hint = "" if out is None else "The same command goes on where it stopped."
            raise Interrupted(f"Stopped after {done_count} of {count} files.", hint) from None
    if failed_count:
        raise MockintError(f"{failed_count} of {count} files could not be scored.")


def _print(path: Path, result: Result, *, as_json: bool, quiet: bool) -> None:
    from mockint.cli import console

    if as_json:
        from mockint.pages.promised import result_object

        console.print_json(result_object(str(path), result))
    elif not quiet:
        from rich.text import Text

        from mockint.pages.card import caveat_lines, result_lines

        heading = Text(str(path), style="bold")
        console.print_lines([heading, *result_lines(result), *caveat_lines(result.delivery), Text()])


def _sound_files(named: Sequence[Path]) -> list[Path]:
    """Return the files that are meant: those named, and in folders all that look like sound. Raises UsageProblem."""
    from mockint.devices.audiofile import SOUND_SUFFIXES

    files: list[Path] = []
    for path in named:
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in SOUND_SUFFIXES and each.is_file())
        if not inside:
            raise UsageProblem(f"{path} holds no sound files.", f"Files that count end in {', '.join(SOUND_SUFFIXES)}.")
        files += inside
    return list(dict.fromkeys(files))


def _already_in(out: Path | None) -> set[str]:
    """Return the names of the files that were scored before; a last line that was cut off does not count."""
    if out is None or not out.exists():
        return set()

    names = set()
    try:
        for line in out.read_text(encoding="utf-8").splitlines():
            if line.endswith("}"):
                names.add(json.loads(line)["file"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageProblem(f"{out} does not hold results of mockint.", "Name another file, or a new one.") from error
    return names


def _opened(out: Path) -> TextIO:
    """Open the file to add to, without the line that an interruption cut off. Raises UsageProblem."""
    try:
        if out.exists():
            whole = out.read_bytes()
            out.write_bytes(whole[: whole.rfind(b"\n") + 1])
        return out.open("a", encoding="utf-8")
    except OSError as error:
        raise UsageProblem(f"{out} cannot be written: {error.strerror}.", "Name another file.") from error
