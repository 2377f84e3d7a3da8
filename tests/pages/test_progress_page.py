"""The progress page, in a real browser."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import browser
import pytest
from browser import HOSTILE
from histories import FILLERS, PACE, START, history, take

from mockint.model import Band
from mockint.pages.progress_page import progress_page
from mockint.progress import Event, QuestionKey, report_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from histories import Row
    from playwright.sync_api import Browser, Page

    from mockint.progress import Report

EVENT = Event(on=date(2030, 1, 12), label="Interview at the mill")
LONG_AGO = Event(on=date(2019, 5, 2), label="Screen at the forge")


def rows() -> list[Row]:
    """Twelve sessions of two takes, the first four by another engine; one take without words."""
    spoken = [
        take(
            session,
            number=number,
            fillers=9.0 - session / 2,
            pace=None if (session, number) == (11, 1) else 120.0 + 3 * session + number,
            competency="teamwork" if number else "learning",
            question="why" if number else "who",
            engine="moonshine" if session < 4 else "whisper",
        )
        for session in range(12)
        for number in range(2)
    ]
    return [replace(row, asked_at=row.asked_at + timedelta(days=row.session_id)) for row in spoken]


def report(takes: Sequence[Row], *events: Event, text: str = "Why would you like to work here?") -> Report:
    return report_of(
        history(takes),
        [PACE, FILLERS],
        now=START + timedelta(days=24),
        day_of=datetime.date,
        question_texts={QuestionKey("starter", "why"): text},
        events=events,
    )


def page_of(folder: Path, shown: Report) -> Path:
    return browser.written(folder, progress_page(shown))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(tmp_path_factory.mktemp("page"), report(rows(), EVENT, LONG_AGO))


def drawn(page: Page, count: int) -> None:
    """Wait until so many pictures are there."""
    browser.wait_for(page, f"document.querySelectorAll('svg.plot').length === {count}")


# --- what it shows --------------------------------------------------------------------------------


def test_every_measure_has_a_picture_and_the_same_as_a_table(chromium: Browser, file: Path) -> None:
    """A mark for each session, and a row for each mark."""
    with browser.opened(chromium, file) as page:
        drawn(page, 3)
        for index in range(2):
            article = page.locator("article.trend").nth(index)
            current = article.locator("svg.plot g[aria-label=dot] circle")
            assert current.count() == 8
            assert article.locator("tbody tr").count() == 12
        assert page.locator("#calendar g[aria-label=cell] rect").count() == page.evaluate(
            "JSON.parse(document.getElementById('data').textContent).days.length"
        )
        table = page.locator("section:has(#calendar) tbody tr")
        assert table.count() == 12
        assert table.first.locator("td").text_content() == "2"


def test_two_engines_are_never_on_one_line(chromium: Browser, file: Path) -> None:
    """Each has a line of its own, with no more points than it has sessions, and marks of another shape."""
    with browser.opened(chromium, file) as page:
        drawn(page, 3)
        lines = page.locator("article.trend").first.locator("g[aria-label=line] path")
        corners = [len(re.findall("[ML]", path.get_attribute("d") or "")) for path in lines.all()]
        assert corners == [8, 4, 8]  # the trend, the earlier engine, the present one
        assert page.get_by_text("Measured by another method or engine, so not compared: 8 takes.").is_visible()


def test_other_events_are_marked_on_the_time_line(chromium: Browser, file: Path) -> None:
    """In each picture, and in a table; those before the first take in the table alone."""
    with browser.opened(chromium, file) as page:
        drawn(page, 3)
        assert page.locator("svg.plot text", has_text=EVENT.label).count() == 2
        row = page.locator("tr", has_text=EVENT.label)
        assert row.locator("th").text_content() == "Saturday 12 January 2030"
        assert page.locator("svg.plot text", has_text=LONG_AGO.label).count() == 0
        assert page.locator("tr", has_text=LONG_AGO.label).count() == 1


def test_what_a_mark_stands_for_appears_under_the_pointer_and_escape_takes_it_away(
    chromium: Browser, file: Path
) -> None:
    """The day, the value and how many takes it is the median of."""
    with browser.opened(chromium, file) as page:
        drawn(page, 3)
        mark = page.locator("article.trend").first.locator("g[aria-label=dot] circle").first
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)
        tip = page.locator("article.trend").first.locator("g[aria-label=tip] text")
        tip.wait_for()
        assert "2 takes" in (tip.text_content() or "")
        page.keyboard.press("Escape")
        tip.wait_for(state="detached")


def test_on_a_phone_it_appears_within_the_page(chromium: Browser, tmp_path: Path) -> None:
    """Beside each mark."""
    takes = [take(session, fillers=session % 5, engine="a recogniser with a long name " * 4) for session in range(9)]
    with browser.opened(chromium, page_of(tmp_path, report(takes))) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        browser.wait_for(page, "document.querySelector('svg.plot')?.getAttribute('width') <= 350")
        tip = page.locator("article.trend g[aria-label=tip]")
        for session, mark in enumerate(page.locator("article.trend g[aria-label=dot] circle").all()):
            mark.scroll_into_view_if_needed()
            mark.hover(force=True)
            tip.filter(has_text=f"{(START + timedelta(days=session)).day} January").wait_for()
            box = tip.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 390


def test_more_sessions_than_fit_are_thinned_and_that_is_said(chromium: Browser, tmp_path: Path) -> None:
    """A thousand sessions are drawn as two hundred marks."""
    many = [take(-session, fillers=session % 7) for session in range(1000)]
    with browser.opened(chromium, page_of(tmp_path, report(many))) as page:
        drawn(page, 2)
        assert page.locator("article.trend g[aria-label=dot] circle").count() == 200
        assert page.get_by_text("Each mark is the median of up to 5 sessions in a row; there are 1,000").is_visible()


def test_a_measure_without_an_aim_has_neither_stripe_nor_best(chromium: Browser, tmp_path: Path) -> None:
    """It is shown, and not scored."""
    pace = replace(PACE, band=Band(low=None, high=None))
    shown = report_of(history(rows()), [pace], now=START + timedelta(days=24), day_of=datetime.date, question_texts={})
    with browser.opened(chromium, page_of(tmp_path, shown)) as page:
        drawn(page, 2)
        assert page.get_by_text("shown, not scored").is_visible()
        assert page.locator("article.trend g[aria-label=rect] rect").count() == 0
        assert page.get_by_text("best:").count() == 0


@pytest.mark.parametrize(
    ("takes", "pictures", "says"),
    [
        ([], 0, "No scored takes yet."),
        ([take(20, fillers=4.0, pace=140.0)], 3, "1 take in 1 session"),
        ([take(20)], 1, "Nothing could be measured in these takes"),
        ([take(session, fillers=3.0) for session in range(5)], 2, "within noise"),
    ],
)
def test_there_is_a_page_however_little_there_is(
    chromium: Browser, tmp_path: Path, takes: list[Row], pictures: int, says: str
) -> None:
    """Without takes, with one, with one that has no words, with takes that are all alike."""
    with browser.opened(chromium, page_of(tmp_path, report(takes))) as page:
        drawn(page, pictures)
        assert page.get_by_text(says).first.is_visible()
        assert browser.serious(page) == []


# --- safety ---------------------------------------------------------------------------------------


def test_whatever_a_bank_holds_stays_text(chromium: Browser, tmp_path: Path) -> None:
    """Questions, competencies, engines and events may hold anything: none of it runs, all of it is read."""
    takes = [take(session, fillers=3.0, pace=140.0, competency=HOSTILE, engine=HOSTILE) for session in range(6)]
    with browser.opened(
        chromium,
        page_of(tmp_path, report(takes, Event(on=date(2030, 1, 9), label=HOSTILE), text=HOSTILE)),
    ) as page:
        drawn(page, 3)
        assert page.evaluate("window.broken") is None
        assert page.locator("section:has(#competency-title) th[scope=row]").inner_text() == HOSTILE
        assert page.locator("section:has(#question-title) th[scope=row]").inner_text() == HOSTILE
        assert json.loads(page.locator("#data").inner_text())["events"][0]["label"] == HOSTILE


def test_the_page_runs_nothing_and_loads_nothing_of_others(chromium: Browser, file: Path) -> None:
    """The policy stops what gets in all the same."""
    with browser.opened(chromium, file, provoked=True) as page:
        assert browser.stopped(page) == browser.FOREIGN


def test_the_libraries_are_those_of_their_makers() -> None:
    """Letter by letter as the npm registry gives them: versions and hashes stand beside them."""
    folder = files("mockint.pages") / "templates" / "vendored"
    page = (folder / "README.md").read_text(encoding="utf-8")
    for name in ("d3.min.js", "plot.umd.min.js"):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in page


# --- everyone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, file: Path, scheme: Literal["light", "dark"]) -> None:
    """With every table open."""
    with browser.opened(chromium, file, scheme=scheme) as page:
        drawn(page, 3)
        browser.open_tables(page)
        assert browser.serious(page) == []
        assert page.get_by_role("img").count() == 3
        assert page.get_by_role("img", name="pace over your sessions; the aim is 125").is_visible()


def test_without_scripts_the_tables_hold_the_same(chromium: Browser, file: Path) -> None:
    """In a mail program's preview, for instance."""
    with browser.opened(chromium, file, scripts=False) as page:
        assert page.get_by_text("The pictures need scripts").is_visible()
        page.get_by_text("Pace as a table").click()
        assert page.locator("article.trend").first.locator("tbody tr").first.is_visible()


def test_it_fits_a_phone_and_is_drawn_anew_when_the_width_changes(chromium: Browser, file: Path) -> None:
    """Nothing is wider than 320 pixels, the narrowest screen there is (WCAG 1.4.10)."""
    with browser.opened(chromium, file) as page:
        drawn(page, 3)
        page.set_viewport_size({"width": 320, "height": 640})
        browser.wait_for(
            page, "[...document.querySelectorAll('svg.plot')].every((svg) => svg.getAttribute('width') <= 280)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_on_paper_it_is_light_and_whole(chromium: Browser, file: Path) -> None:
    """Also where the screen is dark."""
    with browser.opened(chromium, file, scheme="dark") as page:
        drawn(page, 3)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator("svg.plot").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
