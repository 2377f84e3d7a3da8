"""The review page: one take with its sound as a single HTML file that opens anywhere and needs no network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockint.corrections_file import FORMAT, FORMAT_VERSION, take_object
from mockint.delivery.pace import PaceSettings
from mockint.figures import aim, clock, figure, fine_clock, with_unit
from mockint.model import Evidence, FillerKind
from mockint.pages.card import NO_OWN_BANDS, points_in_words
from mockint.pages.feedback_section import feedback_section
from mockint.pages.html_file import day_in_words, html_file, place_in_words
from mockint.pages.legend import KIND_NAMES, LegendEntry, legend
from mockint.pages.pictures import PictureSettings, gauge, level_strip, pace_chart, window_end_s
from mockint.pages.review_marks import (
    HEDGE,
    LONG_PAUSE,
    MarkSettings,
    paragraphs_of,
    tokens_of,
    unsure_fillers,
    voice_data,
)
from mockint.pages.story_section import story_section
from mockint.scoring import METHOD
from mockint.story import RECOMMENDED_BY, Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockint.feedback import Feedback
    from mockint.model import Delivery, Result, Score, ScorePart, Take
    from mockint.pages.html_file import PageSound
    from mockint.pages.pictures import PaceChart
    from mockint.progress import OwnBand
    from mockint.scoring import ScoringMethod

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "pace": "Speech rates of fluent speakers; slower talkers are rated lower in interviews (Feiler & Powell 2015).",
        "fillers": "No penalty up to 5 a minute, harmful at 12 (Laske & DiGennaro Reed 2024).",
        "long pauses": "What speech coaches call long: two to three seconds in mid-sentence.",
        "length": "The question's own window, or the usual one of structured-interview guides.",
    }
)
"""Where the aim of each part comes from: the same as README and the curves in `scoring`."""

EVIDENCE_NAMES: Mapping[Evidence, str] = MappingProxyType(
    {
        Evidence.TRANSCRIPT: "in the words",
        Evidence.SOUND: "in the sound",
        Evidence.BOTH: "in the words and in the sound",
    }
)
SUREST_PERCENT = 90
"""Of the um and uh that were called .9 to 1, .86 to .95 were right (benchmarks/fillers.py)."""

NO_MARKS = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """Every threshold of the page."""

    marks: MarkSettings = field(default_factory=MarkSettings)
    pictures: PictureSettings = field(default_factory=PictureSettings)
    pace: PaceSettings = field(default_factory=PaceSettings)


SETTINGS = PageSettings()


def review_page(
    take: Take,
    sound: PageSound | None,
    own_bands: Mapping[str, OwnBand] = NO_OWN_BANDS,
    method: ScoringMethod = METHOD,
    settings: PageSettings = SETTINGS,
    *,
    said: Iterable[Feedback] = (),
    marks: Marks = NO_MARKS,
    story: str | None = None,
) -> str:
    """Return the page of a take.

    sound: None where the recording is not kept; own_bands: as for the card; method: tells which pauses are long, and
    which fillers are sure; said: what mentors said of it; marks, story: what the person marked, and the story's name.
    """
    delivery = None if take.result is None else take.result.delivery
    tokens = () if delivery is None else tokens_of(delivery)
    return html_file(
        "review.html.j2",
        styles=("base.css", "voice.css", "review.css", "feedback.css", "story.css"),
        scripts=("voice.js", "review.js"),
        take=take,
        day=f"{day_in_words(take.asked_at)}, {take.asked_at:%H:%M}",
        delivery=delivery,
        result=take.result,
        sound=sound,
        picture=level_strip(
            () if sound is None else sound.levels_dbfs,
            take.duration_s,
            delivery,
            method.long_pause_s,
            settings.pictures,
        ),
        paragraphs=paragraphs_of(delivery, tokens, method.long_pause_s, settings.marks)
        if delivery is not None and tokens
        else (),
        unsure=unsure_fillers(delivery, method.sure_marker_from),
        legend_entries=_legend(delivery, method),
        moments=_moments(delivery, method),
        parts=() if take.result is None else _parts(take.result, own_bands),
        total=None if take.result is None else _total(take.result.score),
        chart=None if take.result is None else _chart(take.result, settings),
        windows=() if delivery is None else _windows(delivery, settings),
        data=_page_data(take),
        names=KIND_NAMES,
        mentors=feedback_section(said),
        story=story_section(take, marks, story, settings.pictures),
        advice_source=RECOMMENDED_BY,
    )


# --- what the script works with -------------------------------------------------------------------


def _page_data(take: Take) -> dict[str, Any]:
    fillers = () if take.result is None else take.result.delivery.fillers
    data = voice_data(take)
    for shown, filler in zip(data["fillers"], fillers, strict=True):
        shown["why"] = _why(filler.confidence, filler.evidence)
    return {
        **data,
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "take": take_object(take),
        "kind_names": dict(KIND_NAMES),
    }


# --- what the template shows ----------------------------------------------------------------------


def _legend(delivery: Delivery | None, method: ScoringMethod) -> tuple[LegendEntry, ...]:
    if delivery is None:
        return ()
    kinds = [filler.kind for filler in delivery.fillers]
    long_count = sum(pause.duration_s >= method.long_pause_s for pause in delivery.pauses)
    counts = {
        FillerKind.FILLED_PAUSE.value: kinds.count(FillerKind.FILLED_PAUSE),
        FillerKind.DISCOURSE_MARKER.value: kinds.count(FillerKind.DISCOURSE_MARKER),
        HEDGE: len(delivery.hedges),
        LONG_PAUSE: long_count,
    }
    likely = {FillerKind.FILLED_PAUSE.value: _likely(delivery)}
    entries = legend(method) if delivery.words_known else legend(method)[-1:]
    return tuple(replace(each, count=counts[each.kind], likely=likely.get(each.kind, "")) for each in entries)


def _likely(delivery: Delivery) -> str:
    count = delivery.filled_pause_count
    if count is None or count.low == count.high:
        return ""
    return f"likely {count.low}\N{EN DASH}{count.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One row of the table beside the strip."""

    time: str
    start_s: float
    what: str
    text: str
    note: str


def _moments(delivery: Delivery | None, method: ScoringMethod) -> tuple[Moment, ...]:
    """Every filler, hedge, repeat and pause, in order of time."""
    if delivery is None:
        return ()
    rows = [
        (filler.start_s, KIND_NAMES[filler.kind.value], filler.text, _why(filler.confidence, filler.evidence))
        for filler in delivery.fillers
    ]
    rows += [(hedge.start_s, KIND_NAMES[HEDGE], hedge.text, "") for hedge in delivery.hedges]
    rows += [
        (repeat.start_s, "repeat", _said_in(delivery, repeat.start_s, repeat.end_s), "") for repeat in delivery.repeats
    ]
    for pause in delivery.pauses:
        name = KIND_NAMES[LONG_PAUSE] if pause.duration_s >= method.long_pause_s else "pause"
        rows.append((pause.start_s, name, "", f"{pause.duration_s:.2f} s"))
    return tuple(
        Moment(time=fine_clock(start_s), start_s=round(start_s, 3), what=what, text=text, note=note)
        for start_s, what, text, note in sorted(rows)
    )


def _why(confidence: float, evidence: Evidence) -> str:
    """Tell how sure a filler is in tens, and no surer than the surest proved to be on voices that were left out."""
    if evidence is Evidence.PERSON:
        return "as you say"
    percent = min(SUREST_PERCENT, round(10 * confidence) * 10)
    return f"about {percent} % sure, noticed {EVIDENCE_NAMES[evidence]}"


def _said_in(delivery: Delivery, start_s: float, end_s: float) -> str:
    return " ".join(word.text for word in delivery.words if start_s <= (word.start_s + word.end_s) / 2 <= end_s)


# --- the score ------------------------------------------------------------------------------------


def _parts(result: Result, own_bands: Mapping[str, OwnBand]) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "measured": part.value is not None,
            "value": "" if part.value is None else figure(part.value, part.unit),
            "unit": "" if part.unit == "s" else part.unit,
            "interval": _interval(part),
            "aim": _dashed(aim(part)),
            "place": "" if part.value is None else place_in_words(part.value, part.band),
            "points": None if part.points is None else f"{part.points:.0f}",
            "max_points": f"{part.max_points:.0f}",
            "because": part.because,
            "source": _source(part, result.score.method_version),
            "usual": _usual(part, own_bands.get(part.name)),
            "gauge": gauge(part),
        }
        for part in result.score.parts
    ]


def _source(part: ScorePart, method_version: str) -> str:
    """Where the aim comes from; a method that the user changed rests on what the user thinks."""
    if method_version != METHOD.version:
        return f"By method {method_version}."
    return SOURCES.get(part.name, "")


def _interval(part: ScorePart) -> str:
    if part.low is None or part.high is None or part.low == part.high:
        return ""
    return f"{figure(part.low, part.unit)}\N{EN DASH}{figure(part.high, part.unit)}"


def _usual(part: ScorePart, own: OwnBand | None) -> str:
    return "" if own is None else f"{figure(own.low, part.unit)}\N{EN DASH}{figure(own.high, part.unit)}"


def _total(score: Score) -> str | None:
    """The whole score in words; None for those who want no grade."""
    points = points_in_words(score)
    if points is None:
        return None
    graded_count, count = len(score.graded_parts), len(score.parts)
    return f"{points} points" + (f", from {graded_count} of {count} parts" if graded_count < count else "")


def _chart(result: Result, settings: PageSettings) -> PaceChart | None:
    part = next((part for part in result.score.parts if part.name == "pace"), None)
    return None if part is None else pace_chart(result.delivery, part, settings.pace.window_s, settings.pictures)


def _windows(delivery: Delivery, settings: PageSettings) -> list[tuple[str, str]]:
    return [
        (
            f"{clock(window.start_s)}\N{EN DASH}{clock(window_end_s(delivery, window, settings.pace.window_s))}",
            with_unit(window.words_per_minute, "words/min"),
        )
        for window in delivery.pace.windows
    ]


def _dashed(text: str) -> str:
    return text.replace("-", "\N{EN DASH}")
