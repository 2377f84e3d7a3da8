"""A debrief as a file: what is written comes back, halves are enough, and faults are told at their place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searches import TODAY

from mockint.afterwards.debrief_file import debrief_text, read_debrief
from mockint.afterwards.entries import line
from mockint.afterwards.records import AskedQuestion, Debrief, Felt, Improvement, Participant

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = Debrief(
    held_on=date(2026, 3, 9),
    people=(Participant(name='Ana "A" Lopez', role="lead: data", email="ana@example.org"), Participant(name="Ben")),
    talked_about=("their warehouse # the new one",),
    went_well=("I asked back.", "- yes"),
    could_be_better=(Improvement(text="I lost: the thread", competency="communication"), Improvement(text="Pace")),
    learned=("Début & naïveté, 日本",),
    questions=(
        AskedQuestion(text='Why "{now}"?', felt=Felt.HARD, competency="motivation"),
        AskedQuestion(text="And then?"),
    ),
)


def read(folder: Path, text: str) -> tuple[Debrief | None, list[str]]:
    path = folder / "debrief.yaml"
    path.write_text(text, encoding="utf-8")
    found, faults = read_debrief(path, TODAY)
    return None if found is None else found.debrief, [str(fault).removeprefix(f"{folder}/") for fault in faults]


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    """Quotes, colons, braces, hashes and other scripts included."""
    assert read(tmp_path, debrief_text(WHOLE, "3", "Acme")) == (WHOLE, [])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60).map(lambda text: line(text, "The text")).filter(bool))
def test_whatever_is_written_comes_back(tmp_path: Path, text: str) -> None:
    """One line of any signs, in every place that takes one."""
    debrief = Debrief(
        held_on=TODAY,
        people=(Participant(name=text, role=text),),
        went_well=(text,),
        could_be_better=(Improvement(text=text, competency=text),),
        questions=(AskedQuestion(text=text),),
    )
    assert read(tmp_path, debrief_text(debrief, text, text)) == (debrief, [])


def test_an_empty_form_has_no_faults(tmp_path: Path) -> None:
    """It holds nothing but the day."""
    empty = Debrief(held_on=TODAY)
    assert read(tmp_path, debrief_text(empty, "3", "Acme")) == (empty, [])
    assert empty.is_empty


def test_half_of_it_is_enough(tmp_path: Path) -> None:
    """Empty lines of the form, lists that are not there, texts where details could stand, and capitals."""
    text = (
        "mockint_debrief: 1\nwent_well:\n  -\n  - I came in time.\nlearned:\npeople: [Ana]\n"
        "questions:\n  - Why us?\n  - {text: And then?, felt: Hard}\n"
    )
    expected = Debrief(
        held_on=TODAY,
        people=(Participant(name="Ana"),),
        went_well=("I came in time.",),
        questions=(AskedQuestion(text="Why us?"), AskedQuestion(text="And then?", felt=Felt.HARD)),
    )
    assert read(tmp_path, text) == (expected, [])


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("date: 2026-02-30", "2:7: There is no day 2026-02-30."),
        ("date: 2026-03-11", "2:7: 2026-03-11 has not come yet."),
        ("went_wel: [x]", "2:1: the debrief has no key 'went_wel'"),
        ("went_well: x", "2:12: 'went_well' should be a list"),
        ("questions:\n  - {text: Why?, felt: bad}", "3:5: 'felt' should be well, fair or hard, not 'bad'"),
        ("questions:\n  - {felt: hard}", "3:5: a question needs 'text'"),
        ("people:\n  - {name: Ana, email: ana@}", "3:5: 'ana@' is no e-mail address"),
        ("learned:\n  - [a]", "3:5: an entry of 'learned' should be a text"),
        ("learned: *all", "2:10: '*' makes an alias, which a debrief may not use"),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path: Path, lines: str, fault: str) -> None:
    """As in a bank: line, column, and what is wrong."""
    found, faults = read(tmp_path, f"mockint_debrief: 1\n{lines}\n")
    assert found is None
    assert faults[0].startswith(f"debrief.yaml:{fault}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """In the order of their lines."""
    _, faults = read(tmp_path, "mockint_debrief: 2\nwho: me\nlearned: yes\n")
    assert [fault.split(":")[1] for fault in faults] == ["1", "2", "3"]


def test_another_file_is_no_debrief(tmp_path: Path) -> None:
    """A bank, or nothing at all."""
    _, faults = read(tmp_path, "mockint_bank: 1\n")
    assert any("the debrief needs 'mockint_debrief'" in fault for fault in faults)
    _, faults = read(tmp_path, "")
    assert "a debrief begins with 'mockint_debrief: 1'" in faults[0]
