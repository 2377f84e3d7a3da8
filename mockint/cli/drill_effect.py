"""Whether drills show in the interview takes that followed: what `progress` says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.drills.effect import effect_since

if TYPE_CHECKING:
    from mockint.drills.effect import DrillEffect
    from mockint.store.takes import Store


def effect_of_drills(store: Store) -> DrillEffect | None:
    """Return what became of the fillers since the first drill, on a day here; None where there was no drill."""
    first_drill_at = store.first_drill_at()
    return None if first_drill_at is None else effect_since(first_drill_at.astimezone(), store.points())
