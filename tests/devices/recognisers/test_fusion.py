"""Word times are cut down to the sound they lie on, and written fillers are claimed."""

from __future__ import annotations

import numpy as np
import pytest
import signals

from mockint.devices.recognisers.fusion import claimed_fillers, snapped_to_sound
from mockint.model import Word

TOLERANCE_S = 0.03


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text=text, start_s=start_s, end_s=end_s)


def test_a_word_that_was_stretched_over_a_pause_is_cut_to_its_sound() -> None:
    """Alignment lets the first word of a chunk begin with the chunk."""
    samples = np.concatenate([signals.silence(1.0), signals.vowel(0.4), signals.silence(0.6)])
    [um] = snapped_to_sound([word("um", 0.0, 1.4)], samples)
    assert (um.start_s, um.end_s) == pytest.approx((1.0, 1.4), abs=TOLERANCE_S)


def test_a_closure_inside_a_word_does_not_part_it() -> None:
    """The p of "apart" is a tenth of a second of silence."""
    samples = np.concatenate([signals.silence(0.5), signals.vowel(0.2), signals.silence(0.1), signals.vowel(0.3)])
    [apart] = snapped_to_sound([word("apart", 0.5, 1.1)], samples)
    assert (apart.start_s, apart.end_s) == pytest.approx((0.5, 1.1), abs=TOLERANCE_S)


def test_words_stay_in_order() -> None:
    """No word begins before the one before it, also where two claim the same sound."""
    samples = np.concatenate([signals.silence(0.5), signals.vowel(0.5), signals.silence(0.5)])
    first, second = snapped_to_sound([word("I", 0.5, 1.0), word("I", 0.4, 1.0)], samples)
    assert first.start_s <= second.start_s <= second.end_s


def test_no_sound_at_all_leaves_the_times() -> None:
    """There is nothing to cut to."""
    assert snapped_to_sound([word("um", 0.0, 0.4)], np.zeros(0, np.float32)) == (word("um", 0.0, 0.4),)


def test_written_fillers_are_claimed_without_a_chance() -> None:
    """A best text says what was likeliest, not how likely."""
    [um] = claimed_fillers([word("I", 0.0, 0.1), word("Um,", 0.2, 0.5), word("mm-hmm", 1.0, 1.2)], "somebody")
    assert (um.text, um.start_s, um.heard_by, um.confidence) == ("um", 0.2, "somebody", None)
