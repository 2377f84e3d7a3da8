"""Talk that differs by chance alone, to see how often any of it is called a real change."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from builders import WORD_S, delivery, filler, span, words

from mockint.delivery.pace import measure_pace
from mockint.model import CountInterval, Delivery, Word

if TYPE_CHECKING:
    from random import Random

    from mockint.model import Filler, Span


def spoken_by_chance(
    random: Random, *, wpm: float, fillers_per_100: float, echo: float = 0.0, drift: float = 0.9
) -> Delivery:
    """Half a minute to three of talk by a speaker who never changes, except by chance.

    The tempo wanders from word to word, the slower the nearer `drift` is to 1; a filler comes with a fixed chance, and
    `echo` is that of a second one at once.
    """
    duration_s = random.uniform(35, 180)
    said: list[Word] = []
    fillers: list[Filler] = []
    pauses: list[Span] = []
    time_s, tempo = 0.0, 0.0
    while time_s < duration_s:
        tempo = drift * tempo + sqrt(1 - drift**2) * random.gauss(0, 1)
        step_s = 60 / wpm * 1.15**tempo * random.gammavariate(4, 0.25)
        if random.random() < 2 * step_s / 60:
            pauses.append(span(time_s, time_s + 2 + random.expovariate(1)))
            time_s = pauses[-1].end_s
        is_filler = random.random() < fillers_per_100 / 100 / (1 + echo)
        for _ in range(1 + (random.random() < echo) if is_filler else 0):
            [um] = words("um", time_s)
            said.append(um)
            fillers.append(filler(um))
            time_s += WORD_S
        said.append(Word(text="word", start_s=time_s, end_s=time_s + step_s))
        time_s += step_s
    whole = span(0, time_s)
    count = len(fillers)
    return delivery(
        duration_s=time_s,
        answer=whole,
        words=tuple(said),
        fillers=tuple(fillers),
        filled_pause_count=CountInterval(count=count, at_least=count, low=count, high=count),
        pauses=tuple(pauses),
        pace=measure_pace(whole, said, pauses),
    )
