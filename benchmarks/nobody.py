"""Words heard in sound without any speech: there should be none.

    python benchmarks/nobody.py [--engines ours whisper moonshine]

Silence, noise, hum, music, sirens, dogs and drums of ten seconds, made here, each at two levels. The engines stand
bare beside ours, as in `fillers.py`.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np
from fillers import bare_moonshine, bare_whisper

from mockint.devices.recognisers.choice import EngineName, open_recogniser
from mockint.model import SAMPLE_RATE_HZ, NoTranscript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from mockint.model import Samples, Word

    Sound = npt.NDArray[np.float64]

LENGTH_S = 10.0
SEED_COUNT = 8
LEVELS_DBFS = (-18.0, -30.0)
BLOCK = SAMPLE_RATE_HZ // 20
TIMES_S = np.arange(round(LENGTH_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
STRINGS_HZ = (98, 110, 131, 147, 165, 196, 220, 247, 294, 330)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="*", choices=tuple(HEARERS), default=list(HEARERS))
    for name in parser.parse_args().engines:
        hear = HEARERS[name]()
        heard: dict[str, str] = {}
        count = 0
        for sound, samples in sounds():
            count += 1
            if words := hear(samples):
                heard[sound] = words
        print(f"{name:10} words in {len(heard)} of {count} sounds", *list(heard.items())[:3], flush=True)


# --- who listens ----------------------------------------------------------------------------------


def ours() -> Callable[[Samples], str]:
    recogniser = open_recogniser(EngineName.DEFAULT)

    def hear(samples: Samples) -> str:
        heard = recogniser.transcribe(samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))
        if isinstance(heard, NoTranscript):
            return ""
        return " ".join(word.text for word in heard.words) or f"{len(heard.filler_candidates)} fillers"

    return hear


def bare(hear: Callable[[Samples], tuple[Sequence[Word], object]]) -> Callable[[Samples], str]:
    """What an engine writes; dots alone are no words."""
    return lambda samples: " ".join(word.text for word in hear(samples)[0] if any(map(str.isalnum, word.text)))


HEARERS: dict[str, Callable[[], Callable[[Samples], str]]] = {
    "ours": ours,
    "whisper": lambda: bare(bare_whisper()),
    "moonshine": lambda: bare(bare_moonshine()),
}


# --- what there is to hear ------------------------------------------------------------------------


def sounds() -> Iterator[tuple[str, Samples]]:
    """Each sound with its name."""
    yield "silence", np.zeros(len(TIMES_S), np.float32)
    for kind, make in KINDS.items():
        for seed in range(SEED_COUNT):
            sound = make(np.random.default_rng(seed))[: len(TIMES_S)]
            for level_dbfs in LEVELS_DBFS:
                gain = 10 ** (level_dbfs / 20) / np.sqrt(np.square(sound).mean())
                yield f"{kind} {seed}, {level_dbfs:.0f} dBFS", np.clip(gain * sound, -1, 1).astype(np.float32)


def melody(
    random: np.random.Generator,
    *,
    lowest_hz: float,
    note_s: float,
    fading: float,
    vibrato: float = 0.0,
    attack_s: float = 0.01,
    brightness: float = 1.0,
) -> Sound:
    """Notes of a major scale in any order. brightness: by how little the higher partials are weaker."""
    times_s = np.arange(round(note_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    wobble = 1 + vibrato * np.sin(2 * np.pi * 5.5 * times_s)
    notes = []
    for step in random.choice(MAJOR_SCALE, int(LENGTH_S / note_s) + 1):
        note_hz = lowest_hz * 2 ** (step / 12)
        phase = 2 * np.pi * np.cumsum(note_hz * wobble) / SAMPLE_RATE_HZ
        partials = [n for n in range(1, 16) if n * note_hz < SAMPLE_RATE_HZ / 2]
        note = np.sum([np.sin(n * phase) / n ** (1 / brightness) for n in partials], axis=0)
        notes.append(note * np.exp(-fading * times_s) * np.minimum(1, times_s / attack_s))
    return np.concatenate(notes)


def plucked(random: np.random.Generator) -> Sound:
    """Strings, as Karplus and Strong (1983) make them."""
    notes = []
    for note_hz in random.choice(STRINGS_HZ, 30):
        string = list(random.uniform(-1, 1, int(SAMPLE_RATE_HZ / note_hz)))
        for _ in range(round(0.35 * SAMPLE_RATE_HZ) - len(string)):
            string.append(0.498 * (string[-int(SAMPLE_RATE_HZ / note_hz)] + string[1 - int(SAMPLE_RATE_HZ / note_hz)]))
        notes.append(np.array(string))
    return np.concatenate(notes)


def organ(random: np.random.Generator) -> Sound:
    """Three notes held."""
    held = random.choice([131, 147, 165, 175, 196, 220, 247], 3)
    pipes = np.sum([np.sin(2 * np.pi * hz * n * TIMES_S) / n for hz in held for n in (1, 2, 3, 4, 6, 8)], axis=0)
    swelling: Sound = pipes * (1 + 0.3 * np.sin(2 * np.pi * random.uniform(3, 7) * TIMES_S))
    return swelling


def drums(random: np.random.Generator) -> Sound:
    """A bass drum, a snare and a hi-hat, four beats a second."""
    out = random.normal(0, 1e-3, len(TIMES_S))
    times_s = TIMES_S[: round(0.2 * SAMPLE_RATE_HZ)]
    bass = np.sin(2 * np.pi * 60 * times_s * np.exp(-3 * times_s)) * np.exp(-12 * times_s)
    for beat in range(int(4 * LENGTH_S)):
        noise = random.normal(0, 0.5, len(times_s)) * np.exp(-random.uniform(20, 60) * times_s)
        begin = beat * SAMPLE_RATE_HZ // 4
        out[begin : begin + len(times_s)] += bass if beat % 4 == 0 else noise
    return out


def siren(random: np.random.Generator) -> Sound:
    phase = 2 * np.pi * np.cumsum(600 + 300 * np.sin(2 * np.pi * random.uniform(0.3, 3) * TIMES_S)) / SAMPLE_RATE_HZ
    wailing: Sound = np.sin(phase) + 0.3 * np.sin(2 * phase)
    return wailing


def dog(random: np.random.Generator) -> Sound:
    """A bark every 0.9 s."""
    out = random.normal(0, 1e-3, len(TIMES_S))
    length = SAMPLE_RATE_HZ // 4
    for begin in range(SAMPLE_RATE_HZ // 5, len(out) - length, round(0.9 * SAMPLE_RATE_HZ)):
        phase = 2 * np.pi * np.cumsum(random.uniform(350, 600) * np.exp(-1.5 * TIMES_S[:length])) / SAMPLE_RATE_HZ
        bark = np.sum([np.sin(n * phase) / np.sqrt(n) for n in range(1, 10)], axis=0) + random.normal(0, 0.2, length)
        out[begin : begin + length] += bark * np.hanning(length)
    return out


def wind(random: np.random.Generator) -> Sound:
    """Noise that falls by 3 dB an octave and swells."""
    spectrum = np.fft.rfft(random.standard_normal(len(TIMES_S)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), len(TIMES_S))
    swelling: Sound = noise * (1 + 0.8 * np.sin(2 * np.pi * random.uniform(0.2, 2) * TIMES_S))
    return swelling


def hum(random: np.random.Generator) -> Sound:
    """Of the mains, more or less sharp."""
    sharpness = random.uniform(1, 20)
    mains: Sound = np.tanh(sharpness * np.sin(2 * np.pi * random.choice([50, 60]) * TIMES_S))
    return mains


KINDS: dict[str, Callable[[np.random.Generator], Sound]] = {
    "cello": lambda random: melody(random, lowest_hz=130.8, note_s=0.7, fading=0.3, vibrato=0.008),
    "violin": lambda random: melody(random, lowest_hz=392, note_s=0.5, fading=0.1, vibrato=0.01, brightness=1.25),
    "saxophone": lambda random: melody(
        random, lowest_hz=196, note_s=0.6, fading=0.05, vibrato=0.004, attack_s=0.03, brightness=2.0
    ),
    "humming": lambda random: melody(
        random, lowest_hz=110, note_s=0.45, fading=0.5, vibrato=0.02, attack_s=0.05, brightness=0.8
    ),
    "bass": lambda random: melody(random, lowest_hz=65, note_s=0.4, fading=2, attack_s=0.005, brightness=0.67),
    "plucked strings": plucked,
    "organ": organ,
    "drums": drums,
    "siren": siren,
    "dog": dog,
    "wind": wind,
    "hum": hum,
}


if __name__ == "__main__":
    main()
