"""LICENSES.md is held against what the installed packages state of themselves."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
ROWS: dict[str, str] = {
    canonicalize_name(name): licence
    for name, licence in re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", PAGE, flags=re.MULTILINE)
    if name not in {"package", "weights"}
}
FAMILIES = ("LGPL", "GPL", "MPL", "Mozilla", "Apache", "BSD", "MIT", "PSF", "ISC", "Zlib", "CC0", "Unlicense")
PERMISSIVE = {"Apache", "BSD", "MIT", "PSF", "ISC", "Zlib", "CC0", "Unlicense"}


def asked_for() -> list[Requirement]:
    """What pyproject.toml names for everyone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def here(requirement: Requirement) -> bool:
    """Whether a requirement holds on this system and is no extra."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def stated(name: str) -> str:
    """The licence that a package states: as an expression, in words, or as classifiers."""
    said = metadata(name)
    [expression] = said.get_all("License-Expression") or [""]
    [words] = said.get_all("License") or [""]
    classifiers = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    return expression or words.strip().partition("\n")[0] or " ".join(classifiers)


def families(licence: str) -> set[str]:
    """What kind of licence it is, however it is written: "BSD 3-Clause License" is BSD."""
    found: set[str] = set()
    for family in FAMILIES:
        if re.search(rf"(?<![A-Za-z]){family}", licence):
            found.add("MPL" if family == "Mozilla" else family)
    return found


def brought() -> dict[str, str]:
    """Everything that installing mockint installs here, with its stated licence."""
    licences: dict[str, str] = {}
    waiting = [requirement.name for requirement in asked_for() if here(requirement)]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in licences:
            continue
        try:
            licences[name] = stated(name)
            needs = metadata(name).get_all("Requires-Dist") or ()
        except PackageNotFoundError:  # another system's
            continue
        waiting += [needed.name for needed in map(Requirement, needs) if here(needed)]
    return licences


def test_every_dependency_is_on_the_page_and_nothing_else_is() -> None:
    """A dependency that comes or goes changes the page."""
    first_table = PAGE.partition("## What those bring")[0]
    named = {canonicalize_name(name) for name in re.findall(r"^\| ([\w.-]+) \|", first_table, flags=re.MULTILINE)}
    assert named - {"package"} == {canonicalize_name(requirement.name) for requirement in asked_for()}


@pytest.mark.parametrize("name", sorted({canonicalize_name(each.name) for each in asked_for() if here(each)}))
def test_the_page_says_what_the_package_says(name: str) -> None:
    """The licence is the one that the installed version states; where it states none, the page says so."""
    licence = stated(name)
    if not licence:
        assert ROWS[name] == "states none in its package"
    else:
        assert families(ROWS[name]) <= families(licence)
        assert families(ROWS[name])


def test_whatever_is_brought_under_more_than_a_permissive_licence_is_on_the_page() -> None:
    """No copyleft comes in unnoticed, however deep it lies."""
    assert [name for name, licence in brought().items() if families(licence) - PERMISSIVE and name not in ROWS] == []


def test_every_weight_that_is_installed_is_on_the_page() -> None:
    """Weights have licences of their own."""
    weights = PAGE.partition("## Weights")[2]
    assert [name for name in ("Whisper base", "Moonshine tiny", "Silero VAD") if f"| {name}" not in weights] == []
