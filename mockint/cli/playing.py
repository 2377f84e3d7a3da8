"""Playing a stored take back, and saying so where that cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import wiring
from mockint.errors import MockintError

if TYPE_CHECKING:
    from mockint.cli.keys import Keyboard
    from mockint.model import Take


def play_take(take: Take, *, device: str | None, keyboard: Keyboard) -> None:
    """Play the recording of a take until it ends or Enter is pressed; a failure is told and passed over."""
    from mockint.cli import console
    from mockint.devices.playback import play_file

    if take.typed is not None:
        wiring.complain(MockintError(f"Take {take.id} was typed: there is nothing to play."))
        return
    if take.audio is None:
        wiring.complain(MockintError(f"The recording of take {take.id} is not kept any more."))
        return
    console.messages().print("Playing; Enter stops it.", style="dim")
    try:
        play_file(take.audio, device=device, stop=keyboard.pressed)
    except MockintError as problem:
        wiring.complain(problem)
