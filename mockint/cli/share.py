"""`mockint share`: answers for a mentor to listen to and comment on, as one file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli import wiring
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.model import Take
    from mockint.pages.mentor_page import SharedAnswer

LONGEST_NAME = 80


@click.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE|last...")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to write the page.")
@click.option("--without-audio", is_flag=True, help="Leave your voice out: only the words go along.")
@click.option("--name", default="", metavar="NAME", help="Say on the page who asks for feedback.")
def command(takes: tuple[str, ...], out: Path | None, without_audio: bool, name: str) -> None:
    """Write a page with your answers and a short form, for a mentor to fill in.

    The mentor opens the file in any browser, listens, comments, and sends back a small file: take that in with
    'mockint feedback import'. The page names neither you nor anything of your computer, unless you give --name.
    """
    from mockint.pages.mentor_page import file_stem, mentor_page
    from mockint.store.home import write_private_file

    settings = wiring.settings()
    with wiring.store() as store:
        chosen = _chosen([wiring.take_named(store, given) for given in takes])
    answers = [
        _answer(wiring.take_to_show(take, graded=settings.grade), with_audio=not without_audio) for take in chosen
    ]
    path = (out or Path(f"mockint-{_plain(file_stem(answers))}.html")).absolute()
    write_private_file(path, mentor_page(answers, _checked(name), settings.scoring).encode())
    click.echo(path)
    _say_what_next(answers, with_audio=not without_audio)


def _chosen(takes: Sequence[Take]) -> list[Take]:
    """Return each take once. Raises UsageProblem where they are too many."""
    from mockint.feedback import LIMITS

    chosen = list({take.id: take for take in takes}.values())
    if len(chosen) > LIMITS.take_count:
        raise UsageProblem(
            f"{len(chosen)} answers are more than a mentor listens to: at most {LIMITS.take_count} go into a page.",
            "Share the two or three that matter most to you.",
        )
    return chosen


def _answer(take: Take, *, with_audio: bool) -> SharedAnswer:
    """Return a take with its sound. Raises UsageProblem where there would be nothing to hear and nothing to read."""
    from mockint.cli.review_file import page_sound
    from mockint.pages.mentor_page import SharedAnswer

    if take.typed is not None:
        raise UsageProblem(f"Take {take.id} was typed: there is nothing to listen to.", "Share answers that you spoke.")
    sound = page_sound(take, to_send=True) if with_audio else None
    if sound is None and (take.result is None or not take.result.delivery.words_known):
        raise UsageProblem(
            f"Of take {take.id} there is no {'recording and no transcript' if with_audio else 'transcript'} to share.",
            f"See: mockint review {take.id}",
        )
    return SharedAnswer(take=take, sound=sound)


def _checked(name: str) -> str:
    """Return the name as the page shows it. Raises UsageProblem."""
    name = name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageProblem(f"A name has at most {LONGEST_NAME} letters, all on one line.", "For example: --name Sam")
    return name


def _plain(stem: str) -> str:
    """Return a part of a file's name that every system takes."""
    return re.sub(r"[^\w-]+", "-", stem)[:60].strip("-") or "answer"


def _say_what_next(answers: Sequence[SharedAnswer], *, with_audio: bool) -> None:
    from mockint.cli import console

    messages = console.messages()
    for answer in answers:
        if with_audio and answer.sound is None:
            messages.print(f"The recording of take {answer.take.id} is not kept any more: your mentor reads its words.")
    if any(answer.sound for answer in answers):
        messages.print("It holds your voice: whoever has this file can listen.")
    messages.print("Send it to your mentor, who needs a browser and nothing else.")
    messages.print("What they send back, take in with: mockint feedback import FILE")
