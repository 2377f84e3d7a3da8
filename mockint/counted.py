"""A number of things, as people write it."""

from __future__ import annotations


def counted(count: int, what: str) -> str:
    """Write a count with what is counted: "1 take", "2 takes". what: one of them; its plural ends in s."""
    return f"{count} {what}{'' if count == 1 else 's'}"
