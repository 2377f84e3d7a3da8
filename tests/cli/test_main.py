"""The program as a whole: how it ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from terminal import Terminal

BUSY_RECOGNISER = """
import atexit, sys, threading
from mockint.cli import main
threading.Thread(target=threading.Event().wait, daemon=True).start()
atexit.register(print, "Python was taken down")
main.run()
"""


def mockint_with_a_busy_recogniser(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `mockint WORDS` while a thread is still at work that nobody waits for."""
    command = [sys.executable, "-c", BUSY_RECOGNISER, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_python_is_not_taken_down_under_a_recogniser_that_is_still_at_work() -> None:
    """Its libraries now and then crash of that; everything printed is there, and so is the exit code."""
    done = mockint_with_a_busy_recogniser("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("mockint, version ")
    assert "taken down" not in done.stdout


def test_it_then_ends_with_the_exit_code_of_what_happened() -> None:
    """As always."""
    done = mockint_with_a_busy_recogniser("practise")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'practice'?" in done.stderr


CTRL_C_IN_A_DESTRUCTOR = """
from mockint.cli import main
class Thing:
    def __init__(self, error): self.error = error
    def __del__(self): raise self.error
main.main = lambda: [Thing(KeyboardInterrupt()), Thing(ValueError("of another kind"))] and None
main.run()
"""


def test_ctrl_c_where_python_can_only_print_it_prints_nothing() -> None:
    """As while a file is being closed that nobody needs any more; other errors there are still told of."""
    command = [sys.executable, "-c", CTRL_C_IN_A_DESTRUCTOR]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ("KeyboardInterrupt" in done.stderr, "of another kind" in done.stderr) == (False, True)


SOUND_LIBRARY = """
import os
from mockint.cli import main, wiring
from mockint.errors import NoAudioDevice
def lose():
    os.write(2, b"Expression 'alsa_snd_pcm_mmap_begin' failed")
    wiring.complain(NoAudioDevice("The microphone is gone."))
main.main = lose
main.run()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, sound libraries keep quiet")
def test_what_sound_libraries_write_stays_out_of_the_terminal() -> None:
    """It would stand in the midst of the live line; a file takes it all."""
    command = [sys.executable, "-c", SOUND_LIBRARY]
    terminal = Terminal(command, dict(os.environ))
    terminal.wait_for("mockint: The microphone is gone.")
    assert "Expression" not in terminal.shown
    assert terminal.process.wait(60) == 0
    piped = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Expression" in piped.stderr
