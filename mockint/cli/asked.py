"""The bank of questions that were really asked: where it is, and how it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import wiring

if TYPE_CHECKING:
    from pathlib import Path

    from mockint.afterwards.records import Application, Debrief


def bank_path() -> Path:
    """Return where the bank of real questions is, or will be."""
    from mockint.afterwards.asked_bank import FILE_NAME

    return wiring.bank_folders()[-1] / FILE_NAME


def take_into_bank(application: Application, debrief: Debrief, before: Debrief | None) -> Debrief:
    """Add the questions of a debrief to the bank, at its end, and return the debrief with their names there.

    before: what the debrief is written over; wordings that were changed in it are changed in the bank.
    Raises BankProblem where the bank has faults, and then it stays as it is; StoreProblem where it cannot be written.
    """
    from mockint.afterwards.asked_bank import HEAD, additions, reworded
    from mockint.bank import load_bank
    from mockint.store.home import write_private_file

    path = bank_path()
    if path.exists():
        load_bank(path)
        text = path.read_text(encoding="utf-8")
        if before is not None and (mended := reworded(text, before, debrief)) != text:
            text = mended
            write_private_file(path, text.encode())
        known = load_bank(path).questions
    else:
        text, known = HEAD, ()
    new = additions(debrief, f"{application.name}, {debrief.held_on.isoformat()}", known)
    if new.text:
        write_private_file(path, (text.rstrip("\n") + "\n" + new.text).encode())
    return new.debrief


def competencies() -> tuple[str, ...]:
    """Return what questions may ask about, by the names in the banks."""
    from mockint.bank import find_banks

    banks = find_banks(wiring.bank_folders()).banks
    return tuple(sorted({each.competency for bank in banks for each in bank.questions if each.competency}))
