"""Nothing is lost by `kill -9`, whatever mockint is doing: see `crashing.py`, which also runs by hand for longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import crashing
import pytest

KILL_COUNT = 200
PATIENCE_S = 600


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_nothing_is_lost_by_kills_at_random_moments() -> None:
    """In a process without threads, which can be forked."""
    words = [sys.executable, str(Path(crashing.__file__)), "--kills", str(KILL_COUNT), "--seed", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert (done.returncode, f"{KILL_COUNT}  kills" in done.stdout) == (0, True), done.stderr
