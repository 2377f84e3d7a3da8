"""Banks on disk: those that ship with mockint and those of the user, by id or by path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import mockint
from mockint.bank.document import Fault, read_document
from mockint.bank.schema import bank_of
from mockint.errors import BankProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.model import Bank

BANK_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBanks:
    """The banks in some folders, and what is wrong with the files that could not be used."""

    banks: tuple[Bank, ...]
    faults: tuple[Fault, ...]


def check_bank(path: Path) -> tuple[Fault, ...]:
    """Return every fault in the bank at `path`, in the order of its lines, warnings too; nothing where it is sound."""
    return _read(path)[1]


def load_bank(path: Path) -> Bank:
    """Return the bank at `path`. Raises BankProblem where it has faults or cannot be read."""
    bank, faults = _read(path)
    if bank is None:
        raise _problem(path, faults)
    return bank


def find_banks(folders: Iterable[Path]) -> FoundBanks:
    """Return the banks in `folders` (not in folders inside them), in the given order, then by file name.

    Give the shipped folder first: of two banks with one id the first is kept, and the other is named as a fault. A
    folder that does not exist holds no banks.
    """
    banks: dict[str, Bank] = {}
    faults: list[Fault] = []
    for path in _bank_files(folders):
        bank, found = _read(path)
        faults += (fault for fault in found if not fault.warning)
        if bank is None:
            continue
        if bank.id in banks:
            message = f"the bank id '{bank.id}' is taken by {banks[bank.id].path}, so this bank is left out"
            faults.append(Fault(path=path, line=1, column=1, message=message))
        else:
            banks[bank.id] = bank
    return FoundBanks(banks=tuple(banks.values()), faults=tuple(faults))


def read_bank(name_or_path: str | Path, folders: Iterable[Path]) -> Bank:
    """Return the bank with this id in `folders`, or else the one in this file.

    A file whose bank has the id of another bank is refused, because the history of both would be mixed.
    Raises BankProblem.
    """
    found = find_banks(folders)
    by_id = {bank.id: bank for bank in found.banks}
    name = str(name_or_path)
    if name in by_id:
        return by_id[name]
    path = Path(name_or_path).expanduser()
    if path.exists():
        return _not_shadowing(load_bank(path), by_id)
    faulty = [fault for fault in found.faults if fault.path.stem == name]
    if faulty:
        raise _problem(faulty[0].path, tuple(faulty))
    raise _missing(name, by_id)


def create_bank_file(path: Path, text: str) -> None:
    """Write a bank where no file is yet. Raises BankProblem where there is one, or nothing can be written."""
    if path.suffix not in BANK_SUFFIXES:
        raise BankProblem(
            f"{path} has no ending that banks have.", f"Name it {path.with_suffix('.yaml').name}, for instance."
        )
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise BankProblem(f"{path} is there already, and was not touched.", "Choose another name.") from error
    except OSError as error:
        raise BankProblem(f"{path} cannot be written: {error.strerror}.", "Choose another folder.") from error


def shipped_banks_folder() -> Path:
    """Where the banks are that come with mockint: inside the package, or beside it in a source checkout."""
    package = Path(mockint.__file__).parent
    installed = package / "question_banks"
    return installed if installed.is_dir() else package.parent / "question_banks"


def _read(path: Path) -> tuple[Bank | None, tuple[Fault, ...]]:
    document = read_document(path)
    bank = bank_of(document)
    return bank, tuple(document.faults)


def _bank_files(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.suffix in BANK_SUFFIXES)


def _not_shadowing(bank: Bank, by_id: dict[str, Bank]) -> Bank:
    other = by_id.get(bank.id)
    # A faithful copy shares its history rightly.
    if other is None or replace(bank, path=other.path) == other:
        return bank
    raise BankProblem(
        f"{bank.path} has the id '{bank.id}', which belongs to the bank {other.path}.",
        "Give it an id of its own: your history is kept by id.",
    )


def _missing(name: str, by_id: dict[str, Bank]) -> BankProblem:
    near = get_close_matches(Path(name).stem.lower(), by_id, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "'mockint bank list' shows the banks that there are."
    return BankProblem(f"There is no bank '{name}'.", hint)


def _problem(path: Path, found: tuple[Fault, ...]) -> BankProblem:
    faults = [fault for fault in found if not fault.warning]
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return BankProblem(
        f"The bank cannot be used: {faults[0]}{more}.", f"See every fault with: mockint bank check {path}"
    )
