"""Question banks: from a YAML file to a checked `model.Bank`, or to every fault in it with line and column.

`document` turns a file into a tree of YAML nodes, `schema` turns the tree into a bank, `library` finds banks on disk.
Nothing in a bank is ever executed: nodes are composed, never constructed.
"""

from mockint.bank.document import Fault
from mockint.bank.fields import FORMAT_VERSION
from mockint.bank.library import FoundBanks, check_bank, find_banks, load_bank, read_bank, shipped_banks_folder

__all__ = [
    "FORMAT_VERSION",
    "Fault",
    "FoundBanks",
    "check_bank",
    "find_banks",
    "load_bank",
    "read_bank",
    "shipped_banks_folder",
]
