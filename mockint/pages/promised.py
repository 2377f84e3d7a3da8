"""The JSON that other programs rely on: one object for one result. Keys are only ever added."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mockint.alignment import align
from mockint.pages.review_marks import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockint.comparison import Comparison
    from mockint.drills.effect import DrillEffect
    from mockint.feedback import Feedback
    from mockint.model import Bank, Delivery, Filler, Question, Result, Score, Take, Word
    from mockint.progress import Progress, Report, Series


def result_object(file: str | None, result: Result) -> dict[str, Any]:
    """Return the object that `score --json` prints for one recording. Times in seconds, rounded to milliseconds."""
    delivery = result.delivery
    return {
        "file": file,
        "duration_s": None if delivery.typed else _ms(delivery.duration_s),
        "typed": delivery.typed,
        "engine": delivery.engine,
        "method_version": result.score.method_version,
        "corrected": result.corrected,
        "words": [
            {
                "text": word.text,
                **_times(delivery, word),
                "confidence": _thousandth(word.confidence),
            }
            for word in delivery.words
        ],
        "fillers": [
            {
                "kind": filler.kind.value,
                "text": filler.text,
                **_times(delivery, filler),
                "confidence": _thousandth(filler.confidence),
                "evidence": filler.evidence.value,
            }
            for filler in delivery.fillers
        ],
        "filled_pause_count": _count_object(delivery),
        "pauses": [{"start_s": _ms(pause.start_s), "end_s": _ms(pause.end_s)} for pause in delivery.pauses],
        "pace": {
            "words_per_minute": _tenth(delivery.pace.words_per_minute),
            "articulation_rate_syll_per_s": _thousandth(delivery.pace.articulation_rate_syll_per_s),
            "phonation_time_ratio": _thousandth(delivery.pace.phonation_time_ratio),
            "windows": [
                {"start_s": _ms(window.start_s), "words_per_minute": _tenth(window.words_per_minute)}
                for window in delivery.pace.windows
            ],
        },
        "response_latency_s": None if delivery.response_latency_s is None else _ms(delivery.response_latency_s),
        "hedges": [{"text": word.text, **_times(delivery, word)} for word in delivery.hedges],
        "repeats": [{"start_s": _ms(span.start_s), "end_s": _ms(span.end_s)} for span in delivery.repeats],
        "most_used_words": [{"text": text, "count": count} for text, count in delivery.most_used_words],
        "score": _score_object(result.score),
        "caveats": list(delivery.caveats),
    }


def take_object(take: Take, said: Sequence[Feedback] = ()) -> dict[str, Any]:
    """Return the object that `practice --json` and `review --json` print for one stored take.

    said: by mentors; it has the key `feedback` only where somebody said something.
    """
    audio = None if take.audio is None else str(take.audio)
    identity = {
        "take": take.id,
        "session": take.session_id,
        "bank": take.question.bank_id,
        "question": take.question.id,
        "question_text": take.question.text,
        "asked_at": take.asked_at.isoformat(),
        **({"feedback": [feedback_object(each) for each in said]} if said else {}),
    }
    if take.result is None:
        return {
            "file": audio,
            "duration_s": _ms(take.duration_s),
            **identity,
            "caveats": ["This take is not scored yet."],
        }
    scored = {**result_object(audio, take.result), **identity}
    if take.result_delay_s is not None:
        scored["result_delay_s"] = _ms(take.result_delay_s)
    if take.refined_delay_s is not None:
        scored["refined_delay_s"] = _ms(take.refined_delay_s)
    return scored


def feedback_object(feedback: Feedback) -> dict[str, Any]:
    """Return the object of what one mentor said of one take; an empty text was left open."""
    return {
        "mentor": feedback.mentor,
        "saved_at": feedback.saved_at.isoformat(),
        "ratings": {rating.criterion: rating.level for rating in feedback.ratings},
        "keep": feedback.keep,
        "change": feedback.change,
        "comments": [{"at_s": _ms(comment.at_s), "text": comment.text} for comment in feedback.comments],
    }


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """Return the object that `review --compare --json` prints: both takes, and what each change is."""
    return {
        "before": take_object(comparison.before),
        "after": take_object(comparison.after),
        "same_question": comparison.same_question,
        "obstacle": comparison.obstacle,
        "notes": list(comparison.notes),
        "changes": [
            {
                "name": change.name,
                "unit": change.after.unit,
                "before": _thousandth(change.before.value),
                "after": _thousandth(change.after.value),
                "judgement": change.judgement.value,
                "direction": change.direction.value,
                "p_value": _thousandth(change.p_value),
                "basis": None if change.basis is None else change.basis.value,
                "why": change.why,
            }
            for change in comparison.changes
        ],
        "words": _run_objects(comparison),
    }


def _run_objects(comparison: Comparison) -> list[dict[str, Any]]:
    """Everything that was said in both takes, run by run: kept, or else what was dropped and what was added."""
    results = (comparison.before.result, comparison.after.result)
    before, after = (None if result is None else result.delivery for result in results)
    if before is None or after is None:
        return []
    one, other = ([token.text for token in tokens_of(delivery)] for delivery in (before, after))
    return [
        {
            "kept": run.kept,
            "before": " ".join(one[run.before.start : run.before.stop]),
            "after": " ".join(other[run.after.start : run.after.stop]),
        }
        for run in align(one, other)
    ]


def bank_object(bank: Bank) -> dict[str, Any]:
    """Return the object that `bank list --json` prints for one bank."""
    return {"id": bank.id, "title": bank.title, "path": str(bank.path), "questions": len(bank.questions)}


def report_object(report: Report, of_drills: DrillEffect | None = None) -> dict[str, Any]:
    """Return the object that `progress --json` prints. Times are ISO 8601 with their zone."""
    return {
        **_progress_object(report.progress),
        "questions": [
            {
                "bank": summary.key.bank_id,
                "question": summary.key.question_id,
                "takes": summary.take_count,
                "last_asked_at": summary.last_asked_at.isoformat(),
                "medians": dict(summary.medians),
                "in_band_shares": dict(summary.in_band_shares),
            }
            for summary in report.progress.questions
        ],
        "since_last_week": [
            {
                "name": change.measure.name,
                "this_week": {"sessions": change.this_week.session_count, "median": change.this_week.median},
                "before": {"sessions": change.before.session_count, "median": change.before.median},
                "p_value": _thousandth(change.p_value),
                "verdict": change.verdict.value,
                "direction": change.direction.value,
            }
            for change in report.changes
        ],
        "takes_on": {day.isoformat(): count for day, count in report.takes_on.items()},
        "events": [{"on": event.on.isoformat(), "label": event.label} for event in report.events],
        "drills": None if of_drills is None else _effect_object(of_drills),
    }


def _effect_object(effect: DrillEffect) -> dict[str, Any]:
    return {
        "first_drill_at": effect.first_drill_at.isoformat(),
        "before": {"takes": effect.take_count_before, "fillers_per_100_words": _thousandth(effect.rate_before)},
        "since": {"takes": effect.take_count_since, "fillers_per_100_words": _thousandth(effect.rate_since)},
        "p_value": _thousandth(effect.p_value),
        "verdict": effect.verdict.value,
        "direction": effect.direction.value,
    }


def _progress_object(progress: Progress) -> dict[str, Any]:
    """Return the part of it that tells the trends."""
    return {
        "takes": progress.take_count,
        "sessions": progress.session_count,
        "measures": [
            {
                "name": trend.measure.name,
                "unit": trend.measure.unit,
                "band": [trend.measure.band.low, trend.measure.band.high],
                "series": [_series_object(series) for series in trend.series],
            }
            for trend in progress.trends
        ],
        "competencies": [
            {
                "name": summary.key,
                "takes": summary.take_count,
                "medians": dict(summary.medians),
                "in_band_shares": dict(summary.in_band_shares),
            }
            for summary in progress.competencies
        ],
    }


def _series_object(series: Series) -> dict[str, Any]:
    own = series.own_band
    return {
        "method_version": series.method_version,
        "engine": series.engine,
        "points": [{"at": point.asked_at.isoformat(), "value": _thousandth(point.value)} for point in series.points],
        "first": _thousandth(series.first),
        "last": _thousandth(series.last),
        "best": None if series.best is None else {"take": series.best.take_id, "value": _thousandth(series.best.value)},
        "verdict": series.verdict.value,
        "direction": series.direction.value,
        "p_value": _thousandth(series.p_value),
        "own_band": None
        if own is None
        else {"median": _thousandth(own.median), "low": _thousandth(own.low), "high": _thousandth(own.high)},
    }


def question_object(question: Question) -> dict[str, Any]:
    """Return the object that `bank show --json` prints for one question: what the bank says of it."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(question).items()}


def _count_object(delivery: Delivery) -> dict[str, int] | None:
    count = delivery.filled_pause_count
    if count is None:
        return None
    return {"count": count.count, "at_least": count.at_least, "low": count.low, "high": count.high}


def _score_object(score: Score) -> dict[str, Any]:
    return {
        "method_version": score.method_version,
        "parts": [
            {
                "name": part.name,
                "points": _tenth(part.points),
                "max_points": part.max_points,
                "value": _thousandth(part.value),
                "low": _thousandth(part.low),
                "high": _thousandth(part.high),
                "unit": part.unit,
                "band": [part.band.low, part.band.high],
                "because": part.because,
            }
            for part in score.parts
        ],
        "strength": score.strength,
        "focus": score.focus,
    }


def _times(delivery: Delivery, piece: Word | Filler) -> dict[str, float | None]:
    """When it was said; nobody says what is typed."""
    if delivery.typed:
        return {"start_s": None, "end_s": None}
    return {"start_s": _ms(piece.start_s), "end_s": _ms(piece.end_s)}


def _ms(value: float) -> float:
    return round(value, 3)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _thousandth(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
