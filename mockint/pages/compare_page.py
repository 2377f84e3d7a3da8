"""Two takes side by side as a page: what really changed, both voices, and the words of both beside each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockint.comparison import Judgement
from mockint.figures import aim
from mockint.pages.card import score_in_words
from mockint.pages.compared import (
    TESTS,
    chance_words,
    is_graded,
    judgement_words,
    kept_words,
    meaning_of_real,
    value_words,
    what_is_real,
)
from mockint.pages.html_file import day_in_words, html_file
from mockint.pages.legend import KIND_NAMES, legend
from mockint.pages.passages import PassageSettings, aligned, passages_of
from mockint.pages.pictures import PictureSettings, gauges, level_strip
from mockint.pages.review_marks import MarkSettings, unsure_fillers, voice_data
from mockint.scoring import METHOD

if TYPE_CHECKING:
    from mockint.comparison import Change, Comparison
    from mockint.model import Delivery, Take
    from mockint.pages.html_file import PageSound
    from mockint.pages.pictures import Strip
    from mockint.scoring import ScoringMethod

KINDS = {Judgement.REAL: "real", Judgement.WITHIN_NOISE: "noise", Judgement.UNKNOWN: "unknown"}
"""What each judgement is called in the style sheet."""
SMALLEST_P_SHOWN = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePageSettings:
    """Every threshold of the page."""

    marks: MarkSettings = field(default_factory=MarkSettings)
    pictures: PictureSettings = field(default_factory=PictureSettings)
    passages: PassageSettings = field(default_factory=PassageSettings)


SETTINGS = ComparePageSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One take as the page shows it. `place` is its number on the page, 0 or 1."""

    place: int
    take: Take
    day: str
    score: str
    sound: PageSound | None
    picture: Strip
    delivery: Delivery | None
    unsure: frozenset[int]
    """The places of the fillers that may be none."""


def compare_page(
    comparison: Comparison,
    before_sound: PageSound | None,
    after_sound: PageSound | None,
    method: ScoringMethod = METHOD,
    settings: ComparePageSettings = SETTINGS,
) -> str:
    """Return the page of two takes. The sounds are None where the recordings are not kept; method: the user's own."""
    takes = (comparison.before, comparison.after)
    voices = [
        _voice(place, take, sound, method, settings, graded=is_graded(comparison))
        for place, (take, sound) in enumerate(zip(takes, (before_sound, after_sound), strict=True))
    ]
    before, after = (voice.delivery for voice in voices)
    return html_file(
        "compare.html.j2",
        styles=("base.css", "voice.css", "compare.css"),
        scripts=("voice.js", "compare.js"),
        comparison=comparison,
        voices=voices,
        lead=what_is_real(comparison),
        real=meaning_of_real(),
        changes=[_change(change) for change in comparison.changes],
        legend_entries=legend(method),
        **_words(before, after, method, settings),
        data={"voices": [voice_data(take) for take in takes]},
        names=KIND_NAMES,
    )


def _voice(
    place: int,
    take: Take,
    sound: PageSound | None,
    method: ScoringMethod,
    settings: ComparePageSettings,
    *,
    graded: bool,
) -> Voice:
    delivery = None if take.result is None else take.result.delivery
    levels_dbfs = () if sound is None else sound.levels_dbfs
    return Voice(
        place=place,
        take=take,
        day=f"{day_in_words(take.asked_at)}, {take.asked_at:%H:%M}",
        score=score_in_words(take) if graded else "",
        sound=sound,
        picture=level_strip(levels_dbfs, take.duration_s, delivery, method.long_pause_s, settings.pictures),
        delivery=delivery,
        unsure=unsure_fillers(delivery, method.sure_marker_from),
    )


def _words(
    before: Delivery | None, after: Delivery | None, method: ScoringMethod, settings: ComparePageSettings
) -> dict[str, Any]:
    if before is None or after is None:
        return {"passages": (), "kept": kept_words(()), "any_kept": False}
    runs = aligned(before, after)
    return {
        "passages": passages_of(
            before,
            after,
            runs,
            long_pause_s=method.long_pause_s,
            marks=settings.marks,
            settings=settings.passages,
        ),
        "kept": kept_words(runs),
        "any_kept": any(run.kept for run in runs),
    }


def _change(change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    aims = [aim(part).replace("-", "\N{EN DASH}") for part in (before, after)]
    return {
        "name": change.name,
        "kind": KINDS[change.judgement],
        "words": judgement_words(change),
        "before": value_words(before),
        "after": value_words(after),
        "aims": aims[:1] if aims[0] == aims[1] else aims,
        "gauges": gauges(before, after),
        "why": change.why,
        "chance": "" if change.p_value is None else chance_words(change.p_value),
        "test": "" if change.basis is None else TESTS[change.basis],
        "p_value": _p_value(change.p_value),
    }


def _p_value(p_value: float | None) -> str:
    if p_value is None:
        return ""
    return f"{p_value:.3f}" if p_value >= SMALLEST_P_SHOWN else f"<\N{NO-BREAK SPACE}{SMALLEST_P_SHOWN}"
