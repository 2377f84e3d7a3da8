"""The first part of the drill against fillers: hearing one's own, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import console, wiring
from mockint.cli.keys import ENTER_OR_SPACE
from mockint.drills.effect import comparable
from mockint.drills.rule import RULE
from mockint.drills.slips import own_slips
from mockint.errors import MockintError
from mockint.pages.drill import slip_lines, slip_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.cli.drill_session import Drill
    from mockint.drills.slips import Slip


KEYS = "nrxq"
"""Next, again, no filler, quit."""


def hear_own_fillers(drill: Drill) -> bool:
    """Play the person's own fillers, or list them where that cannot be done. Return False where they want to stop."""
    messages = console.messages()
    newest = comparable(drill.store.points()).take_ids[-RULE.slips_from_takes :]
    takes = [drill.store.take(take_id) for take_id in newest.tolist()]
    slips = own_slips(takes)
    if drill.options.as_json:
        for slip in slips:
            console.print_json(slip_object(slip))
        return True
    if not slips:
        messages.print("There is no filler of yours to listen to yet: on to the turns.", style="dim")
        return True
    messages.print("1. Listen. These are yours; everybody has some. Notice how each begins.", style="bold")
    if drill.options.no_sound or not drill.keyboard.is_there:
        _list(slips)
        return True
    return _play(slips, drill)


def _list(slips: Sequence[Slip]) -> None:
    for number, slip in enumerate(slips, start=1):
        console.print_lines(slip_lines(slip, number, len(slips)))
    newest = max(slip.take.id for slip in slips)
    console.messages().print(f"Hear them on the page of a take: mockint review {newest} --open", style="dim")


def _play(slips: Sequence[Slip], drill: Drill) -> bool:
    """Play each filler until the person goes on. Return False where they quit."""
    messages = console.messages()
    for number, slip in enumerate(slips, start=1):
        onward = "next" if number < len(slips) else "on to the turns"
        console.print_lines(["", *slip_lines(slip, number, len(slips))])
        messages.print(f"[Enter] {onward}   [r] again   [x] this is no filler   [q] quit", style="dim")
        try:
            while (key := _heard(slip, drill)) == "r":
                messages.print("Again.", style="dim")
        except MockintError as problem:  # the loudspeaker is gone, or the recording is: the rest can still be read
            wiring.complain(problem)
            _list(slips[number:])
            return True
        if key == "x":
            _dispute(slip, drill)
        elif key == "q":
            return False
    return True


def _heard(slip: Slip, drill: Drill) -> str:
    """Play the stretch around a filler and return the key that was chosen, also while it was playing."""
    from mockint.devices.audiofile import read_audio
    from mockint.devices.playback import play
    from mockint.model import Recording

    recording = read_audio(drill.store.audio(slip.take.id)).recording
    first, last = (round(at_s * recording.sample_rate_hz) for at_s in (slip.clip.start_s, slip.clip.end_s))
    clip = Recording(samples=recording.samples[first:last], sample_rate_hz=recording.sample_rate_hz)
    key: str | None = None

    def is_over() -> bool:
        nonlocal key
        key = drill.keyboard.picked(KEYS + ENTER_OR_SPACE)
        return key is not None

    play(clip, device=drill.settings.speaker, stop=is_over)
    if key is None:
        return drill.keyboard.choose(KEYS)
    return KEYS[0] if key in ENTER_OR_SPACE else key


def _dispute(slip: Slip, drill: Drill) -> None:
    """Store that this is no filler, as `review --not-a-filler` does."""
    from mockint.cli.correcting import Edits, correct
    from mockint.pages.changes import correction_line

    edits = Edits(word=(), delete=(), insert=(), not_a_filler=(slip.filler.start_s,), filler=(), undo=False, apply=None)
    for change in correct(edits, [str(slip.take.id)], drill.store, drill.settings.scoring):
        for correction in change.corrections:
            console.messages().print(correction_line(correction))
