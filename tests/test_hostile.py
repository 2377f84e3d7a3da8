"""Hostile files are taken or refused, and do no harm: see `hostile.py`, which also runs by hand for longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import hostile
import pytest

INPUT_COUNT = 2_000
PATIENCE_S = 600


@pytest.mark.skipif(sys.platform != "linux", reason="memory and writing are watched by means of Linux")
def test_hostile_files_do_no_harm() -> None:
    """Through every door, in a process of its own with little memory."""
    words = [sys.executable, str(Path(hostile.__file__)), "--inputs", str(INPUT_COUNT), "--seed", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert (done.returncode, f"{INPUT_COUNT}  inputs" in done.stdout) == (0, True), done.stderr[-2000:]
