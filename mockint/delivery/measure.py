"""One take -> Delivery: runs every measure on its frames and transcript, and says what could not be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mockint.delivery.acoustics import SILENCE_DBFS
from mockint.delivery.discourse_markers import find_discourse_markers
from mockint.delivery.filled_pauses import count_filled_pauses, find_filled_pauses, with_filled_pauses
from mockint.delivery.pace import PaceSettings, measure_pace
from mockint.delivery.pauses import PauseSettings, find_answer, find_pauses
from mockint.delivery.voices import second_voice_share
from mockint.delivery.wording import find_hedges, find_repeats, most_used_words
from mockint.model import Delivery, NoTranscript, Pace, Span, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockint.delivery.acoustics import Frames

_NO_PACE = Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaveatSettings:
    """When a figure deserves less trust, and the person should know. Levels are where our own recogniser suffers."""

    quiet_dbfs: float = -50.0
    """Loud moments of speech below this are some 25 dB under a usual recording."""
    loud_quantile: float = 0.9
    """The loud moments of the answer: its vowels."""
    least_speech_over_noise_db: float = 15.0
    """Speech needs about 15 dB over the room to be understood without effort (ASHA's guideline for classrooms)."""
    least_sound_s: float = 1.0
    """Less, and it was a cough or a knock."""
    clipped_frame_share: float = 0.02
    """Of the answer; a few clipped peaks do no harm."""
    shortest_answer_s: float = 10.0
    """In less, a handful of words decides every rate."""
    telephone_above_hz: float = 4200.0
    """A telephone carries 300-3400 Hz; beyond 4 kHz its 8000 Hz sampling holds nothing."""
    least_voiced_share: float = 0.4
    """Of the louder half of the voice: whispers had .21-.36, one creak .34, one far meeting .30, 74 others from .42."""
    voiced_from: float = 0.45
    """Praat's voicing threshold."""
    above_room_db: float = 10.0
    """Sound this far above the room is the speaker's."""
    heard_above_noise_db: float = 6.0
    """What stands this far above the room is part of the voice."""
    slowest_wpm: float = 40.0
    fastest_wpm: float = 300.0
    """Fluent speakers lie between 115 and 191 (P10, P90); outside of 40-300 the words are likely wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettings:
    """Every threshold of the measures."""

    pauses: PauseSettings = field(default_factory=PauseSettings)
    pace: PaceSettings = field(default_factory=PaceSettings)
    caveats: CaveatSettings = field(default_factory=CaveatSettings)


def measure(frames: Frames, heard: Transcript | NoTranscript, settings: DeliverySettings | None = None) -> Delivery:
    """Measure one take. What could not be measured is None and has a caveat."""
    settings = settings or DeliverySettings()
    answer = _answer(frames, heard, settings)
    pauses = () if answer is None else find_pauses(frames, heard.speech, settings.pauses)
    filled_pauses = () if answer is None else find_filled_pauses(frames, heard)
    words = with_filled_pauses(heard.words, filled_pauses) if isinstance(heard, Transcript) else ()
    markers = find_discourse_markers(words, pauses)
    words_known = isinstance(heard, Transcript)
    pace = _NO_PACE if answer is None else measure_pace(answer, words if words_known else None, pauses, settings.pace)
    return Delivery(
        duration_s=frames.duration_s,
        answer=answer,
        response_latency_s=None if answer is None else answer.start_s,
        words=words,
        words_known=words_known,
        fillers=tuple(sorted((*filled_pauses, *markers), key=lambda filler: filler.start_s)),
        filled_pause_count=count_filled_pauses(filled_pauses) if words_known else None,
        pauses=pauses,
        pace=pace,
        hedges=find_hedges(words),
        repeats=find_repeats(words),
        most_used_words=most_used_words(words),
        engine=heard.engine,
        caveats=(*_about_transcript(heard), *_about_sound(frames, answer, pace, settings.caveats)),
    )


def _answer(frames: Frames, heard: Transcript | NoTranscript, settings: DeliverySettings) -> Span | None:
    """From the sound; where that hides in the room but words were heard, from the words."""
    if isinstance(heard, NoTranscript) and heard.no_speech:
        return None
    answer = find_answer(frames, heard.speech, settings.pauses)
    if answer is None and isinstance(heard, Transcript) and heard.words:
        return Span(start_s=heard.words[0].start_s, end_s=heard.words[-1].end_s)
    return answer


def _about_transcript(heard: Transcript | NoTranscript) -> tuple[str, ...]:
    if isinstance(heard, Transcript):
        return heard.caveats
    if heard.no_speech:
        return ()
    return (f"No transcript ({heard.reason}): words and fillers are unknown.",)


def _about_sound(frames: Frames, answer: Span | None, pace: Pace, settings: CaveatSettings) -> Iterator[str]:
    """What the person should know of the recording, in plain sentences."""
    if frames.level_dbfs.max(initial=SILENCE_DBFS) <= SILENCE_DBFS:
        yield "The recording holds nothing but digital silence: is the microphone muted?"
        return
    if answer is None:
        yield "Nobody was heard speaking." + _instead(frames, settings)
        return
    rows = slice(int(answer.start_s / frames.hop_s), max(1, int(answer.end_s / frames.hop_s)))
    loud_dbfs = float(np.quantile(frames.level_dbfs[rows], settings.loud_quantile))
    if answer.duration_s < settings.shortest_answer_s:
        yield f"The answer lasts only {answer.duration_s:.1f} s: too short to judge its rates."
    if loud_dbfs < settings.quiet_dbfs:
        yield f"The voice is very quiet ({loud_dbfs:.0f} dBFS): words may be missing. Move closer."
    yield from _about_voice(frames, rows, loud_dbfs, settings)
    if float((frames.clipped_share[rows] > 0).mean()) > settings.clipped_frame_share:
        yield "The recording is clipped: turn the microphone down."
    share = second_voice_share(frames)
    if share is not None:
        yield f"{share:.0%} of the voice has another pitch: did somebody else speak? It counts as you."
    wpm = pace.words_per_minute
    if wpm is not None and not settings.slowest_wpm <= wpm <= settings.fastest_wpm:
        yield f"{wpm:.0f} words a minute is not plausible: words were likely lost or invented."


def _about_voice(frames: Frames, rows: slice, loud_dbfs: float, settings: CaveatSettings) -> Iterator[str]:
    """How the voice came through; in a loud room, nothing more can be told of it."""
    over_noise_db = loud_dbfs - float(np.median(frames.noise_dbfs[rows]))
    if over_noise_db < settings.least_speech_over_noise_db:
        yield f"The voice is only {over_noise_db:.0f} dB above the room's noise: words and pauses may be wrong."
        return
    if _is_telephone(frames, rows, settings):
        yield "The sound ends near 4 kHz, as on a phone or headset: words may be misheard."
    if _is_whispered(frames, rows, settings):
        yield "Hardly any of the voice has a pitch, as in a whisper: words may be missing."


def _instead(frames: Frames, settings: CaveatSettings) -> str:
    """What there was in place of speech, where that helps."""
    loudest_dbfs = float(frames.level_dbfs.max())
    if loudest_dbfs < settings.quiet_dbfs:
        return f" All is below {loudest_dbfs:.0f} dBFS: is the microphone turned down?"
    standing_out = frames.level_dbfs > frames.noise_dbfs + settings.least_speech_over_noise_db
    if float(standing_out.sum()) * frames.hop_s >= settings.least_sound_s:
        return " There was sound: whispers and music are not heard."
    return ""


def _is_whispered(frames: Frames, rows: slice, settings: CaveatSettings) -> bool:
    levels_dbfs = frames.level_dbfs[rows]
    spoken = levels_dbfs > frames.noise_dbfs[rows] + settings.above_room_db
    if not spoken.any():
        return False
    loud = spoken & (levels_dbfs >= np.median(levels_dbfs[spoken]))
    return float((frames.voicing[rows][loud] >= settings.voiced_from).mean()) < settings.least_voiced_share


def _is_telephone(frames: Frames, rows: slice, settings: CaveatSettings) -> bool:
    loud_above_db = [
        np.quantile(band_dbfs - room_dbfs, settings.loud_quantile)
        for band_dbfs, room_dbfs in zip(frames.bands_dbfs[rows].T, frames.bands_noise_dbfs[rows].T, strict=True)
    ]
    heard = np.array(loud_above_db) > settings.heard_above_noise_db
    high = frames.band_centres_hz > settings.telephone_above_hz
    return bool(heard[~high].any() and not heard[high].any())
