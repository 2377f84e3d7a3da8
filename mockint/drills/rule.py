"""Every number of the drills, with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRule:
    """Every number of the drills."""

    most_slips: int = 8
    """So many fillers are heard before the turns: a minute or two of listening."""
    slips_from_takes: int = 10
    clip_context_s: float = 1.0
    """What is heard before and after a filler."""
    context_words: int = 4
    turn_count: int = 6
    """With 20-30 s each, some five minutes."""
    turns_in_a_row: int = 3
    """So many turns below the usual rate reach the goal: one may be luck."""
    usual_from_takes: int = 10
    goal_per_100_words: float = 3.4
    """Where nothing is known of the speaker: up to here listeners do not mind (Laske & DiGennaro Reed 2024)."""
    cue_every_s: float = 20.0
    """Rhema's two-word cue; what never stops is soon not seen any more."""
    pace_wpm: float = 150.0
    """The middle of the band: about the median of fluent speakers (148)."""
    pace_s: float = 60.0
    pace_window_s: float = 10.0
    """Some 25 words: fewer would only show the lengths of words."""
    compared_takes: int = 10
    """So many takes before the first drill are compared with so many of the newest since."""
    fewest_takes: int = 5
    """On each side: with fewer, one odd answer decides too often (simulated)."""
    significance: float = 0.05


RULE = DrillRule()
