"""The user's own defaults: config.yaml in the data folder. Options on the command line go before it."""

from __future__ import annotations

import difflib
import re
import sys
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mockint.data_folder import SETTINGS_FILE
from mockint.errors import UsageProblem
from mockint.modes import LONGEST_TIME_FACTOR
from mockint.scoring import METHOD, ScoringMethod

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN_CHARACTERS = 60

SLOWEST_VOICE_WPM, FASTEST_VOICE_WPM = 80, 400
"""What eSpeak NG speaks, and what anybody understands."""

TEMPLATE = """\
# mockint's defaults for you. Options on the command line go before these. Remove a "#" to set one.
# engine: default          # see: mockint models
# microphone: USB          # part of the device's name
# speaker: Headphones      # part of the device's name
# voice: en-gb             # see: mockint doctor --voices
# rate: 170                # words a minute of the voice
# silence: 4               # seconds of silence that end an answer; 0: only a key or the time limit ends it
# keep_audio: 30 days      # how long recordings are kept: always, never (removed once scored), or so many days
# time_factor: 1.5         # all times are so many times as long, and so is the aim for length
# stammer: true            # pauses, repeats and fillers are shown and never scored; no silence ends an answer
# interview_on: 2030-12-04 # practice is planned up to this day
# banks: [starter]         # what to practise is chosen from these banks; without this, from all
# grade: false             # measures and reasons without points
# scoring:                 # numbers of the scoring method; a changed method gets a version of its own
#   window_s: [45, 90]     # the length, in seconds, that earns full marks
#   fillers_per_100_words: [[0, 100], [5, 100], [12, 15]]   # [value, percent of the points]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What config.yaml may hold, with the defaults."""

    engine: str = "default"
    microphone: str | None = None
    speaker: str | None = None
    voice: str | None = None
    rate: int | None = None
    silence: float = 4.0
    """A speaker who has said nothing for this long has most likely finished; in-answer pauses of 3 s are rare."""
    grade: bool = True
    """Whether points are shown."""
    time_factor: float = 1.0
    stammer: bool = False
    keep_audio: timedelta | None = None
    """How long recordings are kept: None is for ever, no time at all until the take is scored and the session over."""
    interview_on: date | None = None
    """Practice is planned up to this day."""
    banks: tuple[str, ...] | None = None
    """What to practise is chosen from these; None: from all there are."""
    scoring: ScoringMethod = METHOD
    """As it holds for this person: with their own numbers, and adapted to `stammer` and `time_factor`."""

    def shows_points(self, wanted: bool | None) -> bool:
        """Whether points are shown. wanted: what --grade or --no-grade says; None where neither was given."""
        return self.grade if wanted is None else wanted


_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "engine": ("text", (str,)),
    "microphone": ("text", (str,)),
    "speaker": ("text", (str,)),
    "voice": ("text", (str,)),
    "rate": (f"a whole number from {SLOWEST_VOICE_WPM} to {FASTEST_VOICE_WPM}", (int,)),
    "silence": ("a number of seconds, 0 for none", (int, float)),
    "grade": ("true or false", (bool,)),
    "time_factor": (f"a number from 1 to {LONGEST_TIME_FACTOR:g}", (int, float)),
    "stammer": ("true or false", (bool,)),
    "interview_on": ("a day such as 2030-12-04, or 'none'", (str, date)),
    "banks": ("a list of banks, such as [starter, my-company]", (list,)),
    "keep_audio": ("'always', 'never' or so many days, such as '30 days'", (str,)),
}
_RANGES = {
    "rate": (SLOWEST_VOICE_WPM, FASTEST_VOICE_WPM),
    "silence": (0.0, sys.float_info.max),
    "time_factor": (1.0, LONGEST_TIME_FACTOR),
}
_DAYS = re.compile(r"([1-9][0-9]{0,4}) ?d(ays?)?")


def load_settings(home: Path) -> Settings:
    """Read the user's defaults. Raises UsageProblem with everything in the file that mockint cannot use."""
    from mockint.adapted import Adaptation, adapted
    from mockint.own_method import faults_in, own_method

    path = home / SETTINGS_FILE
    content = _read(path)
    scoring = content.pop("scoring", {})
    faults = [fault for key, value in content.items() if (fault := _fault(str(key), value)) is not None]
    faults += faults_in(scoring)
    if faults:
        raise UsageProblem("\n".join(f"{path}: {fault}." for fault in faults), "README tells what the settings are.")
    if "interview_on" in content:
        content["interview_on"] = day(content["interview_on"])
    if "banks" in content:
        content["banks"] = tuple(content["banks"])
    if "keep_audio" in content:
        content["keep_audio"] = kept_for(content["keep_audio"])
    adaptation = Adaptation(stammer=content.get("stammer", False), time_factor=content.get("time_factor"))
    return Settings(**content, scoring=adapted(own_method(scoring), adaptation))


def kept_for(text: str) -> timedelta | None:
    """Return how long 'never', 'always' (None) or '30 days' is. Raises ValueError for anything else."""
    if text in {"always", "never"}:
        return None if text == "always" else timedelta(0)
    return days(text)


def day(given: str | date) -> date | None:
    """Return the day that '2030-12-04' is, or None for 'none'. Raises ValueError for anything else."""
    if not isinstance(given, str):
        return date(given.year, given.month, given.day)  # YAML may make a moment of it
    return None if given == "none" else date.fromisoformat(given)


def days(text: str) -> timedelta:
    """Return how long '30 days' or '30d' is. Raises ValueError for anything else."""
    match = _DAYS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return timedelta(days=int(match[1]))


def _read(path: Path) -> dict[Any, Any]:
    if not path.is_file():
        return {}
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # also a day that is none, or brackets in brackets
        reason = " ".join(str(error).split())
        raise UsageProblem(
            f"{path} cannot be read: {reason}.", "Mend the file, or delete it to start afresh."
        ) from error
    except OSError as error:
        raise UsageProblem(f"{path} cannot be read: {error.strerror}.", "Check who may read it.") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UsageProblem(f"{path} does not hold settings.", "Each line has the form 'rate: 170'.")
    return content


def _fault(key: str, value: Any) -> str | None:
    if key not in _TYPES:
        key = str(key)[:_SHOWN_CHARACTERS]
        near = difflib.get_close_matches(key, [field.name for field in fields(Settings)], n=1)
        return f"there is no setting '{key}'" + (f" (did you mean '{near[0]}'?)" if near else "")
    kind, types = _TYPES[key]
    if isinstance(value, types) and (bool in types or not isinstance(value, bool)) and _is_meant(key, value):
        return None
    return f"'{key}' must be {kind}; it is now {_shown(value)}"


def _shown(value: Any) -> str:
    """Return a value as it is told: its beginning alone, for aliases can make a short file a value without end."""
    import reprlib

    short = reprlib.Repr()
    short.maxlevel, short.maxstring, short.maxlong = 2, _SHOWN_CHARACTERS, _SHOWN_CHARACTERS
    return short.repr(value)


def _is_meant(key: str, value: Any) -> bool:
    if key in _RANGES:
        low, high = _RANGES[key]
        return bool(low <= value <= high)
    if key == "banks":
        return bool(value) and all(isinstance(each, str) for each in value)
    reader = {"keep_audio": kept_for, "interview_on": day}.get(key)
    if reader is None:
        return True
    try:
        reader(value)
    except ValueError:
        return False
    return True
