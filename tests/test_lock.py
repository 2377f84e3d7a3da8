"""requirements.lock pins what pyproject.toml asks for, all of it by hash."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# One entry: a requirement on its line, and its hashes on those that follow.
ENTRIES = [
    (Requirement(entry.split("\\\n")[0].strip()), re.findall(r"--hash=sha256:[0-9a-f]{64}", entry))
    for entry in re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text("utf-8"))
    if not entry.startswith("#")
]


def asked_for() -> list[Requirement]:
    """What pyproject.toml names as dependencies."""
    if sys.version_info < (3, 11):
        pytest.skip("this Python reads no TOML")
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(each) for each in project["dependencies"]]


def test_every_dependency_is_pinned_to_a_version_that_is_asked_for() -> None:
    """After a change of pyproject.toml: make lock."""
    pinned: dict[str, list[str]] = {}
    for entry, _ in ENTRIES:
        [specifier] = entry.specifier
        assert specifier.operator == "==", entry
        pinned.setdefault(canonicalize_name(entry.name), []).append(specifier.version)
    missing = [str(each) for each in asked_for() if canonicalize_name(each.name) not in pinned]
    assert missing == []
    wrong = [
        (str(each), version)
        for each in asked_for()
        for version in pinned[canonicalize_name(each.name)]
        if not each.specifier.contains(version)
    ]
    assert wrong == []


def test_every_pin_has_hashes() -> None:
    """The installer takes no file that is another one."""
    assert len(ENTRIES) > 40
    assert [str(entry) for entry, hashes in ENTRIES if not hashes] == []
