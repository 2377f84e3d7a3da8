"""What is wrong in a bank: each fault as editors and compilers print it, with its line and a caret below the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

if TYPE_CHECKING:
    from mockint.bank import Fault


def fault_lines(fault: Fault) -> list[str]:
    """Render a fault: FILE:LINE:COLUMN: message, the line as it stands, and a caret below the place."""
    if fault.excerpt is None:
        return [str(fault)]
    number = f"{fault.line:>5}"
    return [
        str(fault),
        f"{number} | {fault.excerpt}",
        f"{' ' * len(number)} | {' ' * cell_len(fault.excerpt[: fault.caret])}^",
    ]


def fault_object(fault: Fault) -> dict[str, Any]:
    """Return the object that `bank check --json` prints for one fault. Lines and columns count from 1."""
    return {
        "file": str(fault.path),
        "line": fault.line,
        "column": fault.column,
        "message": fault.message,
        "hint": fault.hint or None,
        "excerpt": fault.excerpt,
        "warning": fault.warning,
    }
