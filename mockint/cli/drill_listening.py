"""The first part of the drill against fillers: hearing one's own, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import console, wiring
from mockint.drills.effect import filler_counts
from mockint.drills.rule import RULE
from mockint.drills.slips import own_slips
from mockint.errors import MockintError
from mockint.pages.drill import slip_lines, slip_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.cli.drill import Drill
    from mockint.drills.slips import Slip


def hear_own_fillers(drill: Drill) -> bool:
    """Play the person's own fillers, or list them where that cannot be done. Return False where they want to stop."""
    messages = console.messages()
    takes = [drill.store.take(count.take_id) for count in filler_counts(drill.store.points())[-RULE.slips_from_takes :]]
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
        console.print_lines(["", *slip_lines(slip, number, len(slips))])
        if not _heard(slip, drill):
            _list(slips[number:])
            return True
        onward = "next" if number < len(slips) else "on to the turns"
        messages.print(f"[Enter] {onward}   [r] again   [x] this is no filler   [q] quit", style="dim")
        while (key := drill.keyboard.choose("nrxq")) == "r":
            _heard(slip, drill)
        if key == "x":
            _dispute(slip, drill)
        elif key == "q":
            return False
    return True


def _heard(slip: Slip, drill: Drill) -> bool:
    """Play the stretch around a filler; where that cannot be done, say why."""
    from mockint.devices.audiofile import read_audio
    from mockint.devices.playback import play
    from mockint.model import Recording

    try:
        recording = read_audio(drill.store.audio(slip.take.id)).recording
        first, last = (round(at_s * recording.sample_rate_hz) for at_s in (slip.clip.start_s, slip.clip.end_s))
        clip = Recording(samples=recording.samples[first:last], sample_rate_hz=recording.sample_rate_hz)
        play(clip, device=drill.settings.speaker, stop=drill.keyboard.pressed)
    except MockintError as problem:
        wiring.complain(problem)
        return False
    return True


def _dispute(slip: Slip, drill: Drill) -> None:
    """Store that this is no filler, as `review --not-a-filler` does."""
    from mockint.cli.correcting import Edits, correct
    from mockint.pages.changes import correction_line

    edits = Edits(word=(), delete=(), insert=(), not_a_filler=(slip.filler.start_s,), filler=(), undo=False, apply=None)
    for change in correct(edits, [str(slip.take.id)], drill.store, drill.settings.scoring):
        for correction in change.corrections:
            console.messages().print(correction_line(correction))
