"""Writing the review page of a take, and opening it in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mockint.cli import wiring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mockint.feedback import Feedback
    from mockint.model import Take
    from mockint.pages.html_file import PageSound
    from mockint.progress import OwnBand
    from mockint.scoring import ScoringMethod

FOLDER = "pages"
LEVEL_STEP_S = 0.05
"""How long each level of the strip stands for: an um lasts 0.4 s, and is seen."""


def write_page(
    take: Take,
    said: Sequence[Feedback],
    own_bands: Mapping[str, OwnBand],
    method: ScoringMethod,
    file: Path | None,
    *,
    open_it: bool,
) -> None:
    """Write the page of a take to `file`, or into the data folder, and say where it is. Raises StoreProblem."""
    from mockint.pages.review_page import review_page
    from mockint.store.home import write_private_file

    path = (wiring.home() / FOLDER / f"take-{take.id}.html" if file is None else file).absolute()
    write_private_file(path, review_page(take, page_sound(take), own_bands, method, said=said).encode())
    click.echo(path)
    if open_it:
        _open(path)


def page_sound(take: Take, *, to_send: bool = False) -> PageSound | None:
    """Return the recording of a take for its page; None, and said so, where there is none that can be read.

    to_send: small rather than lossless.
    """
    from mockint.delivery.acoustics import level_dbfs
    from mockint.devices.audiofile import as_flac, as_small_file, open_audio
    from mockint.errors import AudioFileProblem
    from mockint.pages.html_file import PageSound

    if take.audio is None:
        return None
    try:
        audio = open_audio(take.audio)
        levels_dbfs = tuple(level_dbfs(block) for block in audio.blocks(LEVEL_STEP_S))
        data, media_type = as_small_file(take.audio) if to_send else (as_flac(take.audio), "audio/flac")
    except AudioFileProblem as problem:
        wiring.complain(problem)
        return None
    return PageSound(data=data, media_type=media_type, levels_dbfs=levels_dbfs)


def _open(path: Path) -> None:
    import webbrowser

    from mockint.errors import MockintError

    if not webbrowser.open(path.as_uri()):
        wiring.complain(MockintError("No browser could be opened.", f"Open the page yourself: {path}"))
