"""The page of a take, and the recording that goes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import wiring
from mockint.errors import AudioFileProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mockint.model import Take
    from mockint.pages.html_file import PageSound
    from mockint.progress import OwnBand
    from mockint.scoring import ScoringMethod
    from mockint.store.takes import Store

PLAYER_TAIL_S = 1.0
"""Chromium cannot seek into the last three blocks of a FLAC file, 0.77 s: it gives up on the whole file. So that the
last words can be played, this much silence follows them."""
LEVEL_STEP_S = 0.05
"""How long each level of the strip stands for: an um lasts 0.4 s, and is seen."""


def write_page(
    take: Take,
    store: Store,
    own_bands: Mapping[str, OwnBand],
    method: ScoringMethod,
    file: Path | None,
    *,
    open_it: bool,
) -> None:
    """Write the page of a take to `file`, or into the data folder, and say where it is. Raises StoreProblem."""
    from mockint.cli.page_file import put_page
    from mockint.pages.review_page import review_page

    page = review_page(
        take,
        page_sound(take),
        own_bands,
        method,
        said=store.feedback.of_take(take.id),
        marks=store.marks.of_take(take.id),
        story=store.stories.of_take(take.id),
    )
    put_page(f"take-{take.id}.html", page, file, open_it=open_it)


def page_sound(take: Take, *, to_send: bool = False) -> PageSound | None:
    """Return the recording of a take for its page; None, and said so, where there is none that can be read.

    to_send: small rather than lossless.
    """
    from mockint.delivery.acoustics import level_dbfs
    from mockint.devices.audiofile import as_flac, as_small_file, open_audio
    from mockint.pages.html_file import PageSound

    if take.audio is None:
        return None
    try:
        audio = open_audio(take.audio)
        levels_dbfs = tuple(level_dbfs(block) for block in audio.blocks(LEVEL_STEP_S))
        if to_send:
            data, media_type = as_small_file(take.audio)
        else:
            data, media_type = as_flac(take.audio, silence_after_s=PLAYER_TAIL_S), "audio/flac"
    except AudioFileProblem as problem:
        wiring.complain(problem)
        return None
    return PageSound(data=data, media_type=media_type, levels_dbfs=levels_dbfs)
