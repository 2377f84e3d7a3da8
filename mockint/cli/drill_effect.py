"""Whether drills show in the interview takes that followed: the line that `progress` ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.drills.effect import effect_sentence, effect_since

if TYPE_CHECKING:
    from mockint.store.takes import Store


def effect_line(store: Store) -> str | None:
    """Say what became of the fillers since the first drill; None where there was no drill."""
    first_drill_at = store.first_drill_at()
    return None if first_drill_at is None else effect_sentence(effect_since(first_drill_at, store.points()))
