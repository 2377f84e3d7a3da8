"""The bank of questions that were really asked: where it is, and how it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import wiring

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.afterwards.asked_bank import Additions
    from mockint.afterwards.records import Application, Debrief


def bank_path() -> Path:
    """Return where the bank of real questions is, or will be."""
    from mockint.afterwards.asked_bank import FILE_NAME

    return wiring.home() / "banks" / FILE_NAME


def name_questions(application: Application, debrief: Debrief) -> Additions:
    """Name each question as it is, or will be, called in the bank. Raises BankProblem where its file has faults."""
    from mockint.afterwards.asked_bank import additions
    from mockint.bank import load_bank

    path = bank_path()
    known = load_bank(path).questions if path.exists() else ()
    return additions(debrief, f"{application.name}, {debrief.held_on.isoformat()}", known)


def add_to_bank(new: Additions) -> None:
    """Write new questions at the end of the bank; what is there stays as it is. Raises StoreProblem."""
    from mockint.afterwards.asked_bank import HEAD
    from mockint.store.home import write_private_file

    if not new.text:
        return
    path = bank_path()
    before = path.read_text(encoding="utf-8") if path.exists() else HEAD
    write_private_file(path, (before.rstrip("\n") + "\n" + new.text).encode())


def competencies() -> tuple[str, ...]:
    """Return what questions may ask about, by the names in the banks."""
    from mockint.bank import find_banks

    banks = find_banks(wiring.bank_folders()).banks
    return tuple(sorted({each.competency for bank in banks for each in bank.questions if each.competency}))
