"""Where things stand in the pictures of a page."""

from __future__ import annotations

from builders import delivery, filler, span, words

from mockint.model import Band, Pace, PaceWindow, ScorePart
from mockint.pages.pictures import PictureSettings, gauge, gauges, level_strip, pace_chart

SETTINGS = PictureSettings()


def part(value: float | None, band: Band) -> ScorePart:
    """A part whose interval is a tenth to both sides."""
    low, high = (None, None) if value is None else (value * 0.9, value * 1.1)
    return ScorePart(
        name="pace", points=1, max_points=1, value=value, low=low, high=high, unit="", band=band, because=""
    )


def test_the_strip_places_pauses_and_fillers_in_percent() -> None:
    """So that they stay in place at every width."""
    [um] = words("um", start_s=44.85)
    spoken = delivery(fillers=(filler(um),), pauses=(span(9, 10), span(18, 22.5)))
    strip = level_strip([-20.0] * 100, 90.0, spoken, 2.0, SETTINGS)
    assert [(pause.x, pause.width, pause.long) for pause in strip.pauses] == [(10, 1.111, False), (20, 5, True)]
    assert [(mark.x, mark.kind) for mark in strip.marks] == [(50, "filled_pause")]
    assert [label.text for label in strip.times] == ["0:00", "0:15", "0:30", "0:45", "1:00", "1:15", "1:30"]


def test_hours_are_drawn_no_finer_than_a_screen() -> None:
    """An hour at 50 ms is 72000 levels."""
    assert level_strip([-20.0] * 72_000, 3600.0, None, 2.0, SETTINGS).bin_count == SETTINGS.most_bins


def test_silence_is_flat_and_a_quiet_voice_is_drawn_small() -> None:
    """The strip is no louder than the recording was."""
    silent = level_strip([-120.0, -120.0], 0.1, None, 2.0, SETTINGS)
    assert silent.outline == "M0 50L0 49H1L1 49H2L2 51H1L1 51H0Z"
    quiet = level_strip([-50.0, -50.0], 0.1, None, 2.0, SETTINGS)
    loud = level_strip([-10.0, -10.0], 0.1, None, 2.0, SETTINGS)
    assert (quiet.outline.split("L")[1], loud.outline.split("L")[1]) == ("0 42H1", "0 2H1")


def test_without_levels_the_strip_is_empty() -> None:
    """The recording may be gone."""
    assert level_strip([], 90.0, None, 2.0, SETTINGS).outline == ""


def test_the_pace_chart_holds_all_windows_and_the_band() -> None:
    """With room above and below; the last window ends with the answer."""
    windows = (PaceWindow(start_s=0.0, words_per_minute=125.0), PaceWindow(start_s=60.0, words_per_minute=175.0))
    pace = Pace(words_per_minute=150, articulation_rate_syll_per_s=4, phonation_time_ratio=0.8, windows=windows)
    chart = pace_chart(delivery(pace=pace, answer=span(0, 81)), part(150, Band(low=125, high=175)), 30.0, SETTINGS)
    assert chart is not None
    assert [(point.x1, point.x2, point.y) for point in chart.points] == [
        (0, 33.333, chart.band_bottom),
        (66.667, 90, chart.band_top),
    ]
    assert (chart.band_top, chart.band_bottom) == (22.22, 77.78)


def test_a_band_without_a_lower_end_reaches_to_the_bottom() -> None:
    """As where nobody is asked to speed up."""
    windows = (PaceWindow(start_s=0.0, words_per_minute=70.0), PaceWindow(start_s=60.0, words_per_minute=80.0))
    pace = Pace(words_per_minute=75, articulation_rate_syll_per_s=4, phonation_time_ratio=0.8, windows=windows)
    chart = pace_chart(delivery(pace=pace), part(75, Band(low=None, high=175)), 30.0, SETTINGS)
    assert chart is not None
    assert (chart.band_bottom, chart.band_low, chart.band_high) == (100, "", "175")
    assert all(chart.band_top < point.y < 100 for point in chart.points)


def test_no_windows_no_chart() -> None:
    """A short answer has one pace, not a line."""
    assert pace_chart(delivery(), part(150, Band(low=125, high=175)), 30.0, SETTINGS) is None


def test_a_gauge_reaches_twice_as_far_as_the_band_and_no_further() -> None:
    """What lies beyond stands at its end."""
    inside = gauge(part(2.0, Band(low=None, high=4.0)))
    beyond = gauge(part(40.0, Band(low=None, high=4.0)))
    assert inside is not None
    assert (inside.band_x, inside.band_width, inside.low, inside.value, inside.high) == (0, 50, 22.5, 25, 27.5)
    assert beyond is not None
    assert beyond.value == 100
    assert gauge(part(None, Band(low=None, high=4.0))) is None


def test_two_gauges_have_one_scale_that_holds_both() -> None:
    """So that what stands further to the right is more."""
    band = Band(low=None, high=4.0)
    pair = gauges(part(2.0, band), part(40.0, band))
    assert pair is not None
    assert [(each.band_width, each.value, each.high) for each in pair] == [(9.091, 4.545, 5), (9.091, 90.909, 100)]
    near = gauges(part(2.0, band), part(1.0, band))
    assert near is not None
    assert [each.value for each in near] == [25, 12.5]
    assert gauges(part(2.0, band), part(None, band)) is None
