"""Question banks: from a YAML file to a checked `model.Bank`, or to every fault in it with line and column.

`document` turns a file into a tree of YAML nodes, `schema` turns the tree into a bank by the table in `fields`, and
`library` finds banks on disk. `importing` takes questions out of other files, `writing` makes a bank file of them.
Nothing in a bank is ever executed: nodes are composed, never constructed.
"""

from mockint.bank.document import Fault, read_lines
from mockint.bank.library import (
    BANK_SUFFIXES,
    FoundBanks,
    check_bank,
    create_bank_file,
    find_banks,
    load_bank,
    read_bank,
    shipped_banks_folder,
)
from mockint.bank.schema import slug_of

__all__ = [
    "BANK_SUFFIXES",
    "Fault",
    "FoundBanks",
    "check_bank",
    "create_bank_file",
    "find_banks",
    "load_bank",
    "read_bank",
    "read_lines",
    "shipped_banks_folder",
    "slug_of",
]
