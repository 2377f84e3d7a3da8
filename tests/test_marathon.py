"""A long session leaves nothing behind but its takes: see benchmarks/marathon.py, which holds one of 500 by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MARATHON = Path(__file__).parent.parent / "benchmarks" / "marathon.py"
PATIENCE_S = 300
MOST_GROWTH_MB = 8


@pytest.mark.skipif(sys.platform != "linux", reason="open files and memory are counted by means of Linux")
def test_a_session_of_many_takes_does_not_grow() -> None:
    """Neither open files nor threads; memory hardly (0.1 MB), and some systems give back late what is free."""
    words = [sys.executable, str(MARATHON), "--takes", "50", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    first, *others = [json.loads(line) for line in done.stdout.splitlines()]
    assert others[-1]["takes"] == 50
    assert {(each["open_files"], each["threads"]) for each in others} == {(first["open_files"], first["threads"])}
    assert others[-1]["resident_mb"] - first["resident_mb"] < MOST_GROWTH_MB
