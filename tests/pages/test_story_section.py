"""What the person marked, on the review page: the story beside the advised one, and the points that were covered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import browser
import builders
import pytest
from browser import HOSTILE
from running import run
from storytelling import tell_a_story

from mockint.model import Result
from mockint.pages.pictures import PictureSettings
from mockint.pages.review_page import review_page
from mockint.pages.story_section import StorySection, story_section
from mockint.scoring import score
from mockint.story import PARTS, Marks, PartStart

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SITUATION, TASK, ACTION, RESULT = PARTS
QUESTION = builders.question(covers=("what happened", "what you did"), star=True)
HEARD = builders.delivery(duration_s=100.0, answer=builders.span(0, 95))
TAKE = builders.take(question=QUESTION, duration_s=100.0, result=Result(delivery=HEARD, score=score(HEARD, QUESTION)))


def section(marks: Marks, story: str | None = None) -> StorySection | None:
    return story_section(TAKE, marks, story, PictureSettings())


def starts(**at_s: float) -> tuple[PartStart, ...]:
    """Starts by the letters of their parts, in order."""
    by_letter = {part.letter: part for part in PARTS}
    return tuple(PartStart(part=by_letter[letter], start_s=each) for letter, each in at_s.items())


# --- what is shown --------------------------------------------------------------------------------


def test_where_nothing_is_marked_nothing_is_shown() -> None:
    """Also where the person said that there were no parts."""
    assert section(Marks()) is None
    assert section(Marks(starts=())) is None


def test_each_point_is_ticked_or_not() -> None:
    """In the order of the question; none covered is told, too."""
    shown = section(Marks(covers=(2,)))
    assert shown is not None
    assert (shown.covered, shown.covered_count) == (((False, "what happened"), (True, "what you did")), 1)
    none = section(Marks(covers=()))
    assert none is not None
    assert none.covered_count == 0


def test_both_stories_stand_on_one_scale_from_one_beginning() -> None:
    """The advised one takes the middle of each range: 12.5, 7.5, 37.5, 37.5 s. The last part ends with the answer."""
    shown = section(Marks(starts=starts(s=5, a=25, r=85)))
    assert shown is not None
    assert shown.split is not None
    assert [(bar.x, bar.width, bar.text) for bar in shown.split.told] == [
        (5, 20, "Situation"),
        (25, 60, "Action"),
        (85, 10, "R"),
    ]
    assert [(bar.x, bar.width, bar.text) for bar in shown.split.advised] == [
        (5, 12.5, "S"),
        (17.5, 7.5, "T"),
        (25, 37.5, "Action"),
        (62.5, 37.5, "Result"),
    ]
    assert [(label.x, label.text) for label in shown.split.starts] == [(5, "S"), (25, "A"), (85, "R")]


def test_a_short_story_keeps_its_place_on_the_strip() -> None:
    """Only the picture of both is as long as the advised one, which would not fit otherwise."""
    take = replace(TAKE, duration_s=40.0, result=None)
    shown = story_section(take, Marks(starts=starts(s=5, r=20)), None, PictureSettings())
    assert shown is not None
    assert shown.split is not None
    assert [label.x for label in shown.split.starts] == [12.5, 50]
    assert [(bar.x, bar.width) for bar in shown.split.told] == [(5, 15), (20, 20)]
    assert shown.split.advised[-1].x + shown.split.advised[-1].width == 100


def test_the_table_says_it_in_words() -> None:
    """A part that was not marked has its row, too."""
    shown = section(Marks(starts=starts(s=5, a=20, r=65)))
    assert shown is not None
    assert shown.split is not None
    assert [(row.name, row.start, row.told, row.advised) for row in shown.split.rows] == [
        ("Situation", "0:05", "15 s, as advised", "10\N{EN DASH}15 s"),
        ("Task", "", "not marked", "5\N{EN DASH}10 s"),
        ("Action", "0:20", "45 s, as advised", "30\N{EN DASH}45 s"),
        ("Result", "1:05", "30 s, as advised", "30\N{EN DASH}45 s"),
    ]


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a take of ten seconds in which everything is marked, with its recording."""
    folder = tmp_path_factory.mktemp("story")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder / "home"))
        tell_a_story(folder / "home")
        run("review", 1, "--covers", "1,3", "--star", "s=0:01", "a=0:05", "--story", "The move")
        assert run("review", 1, "--html", folder / "page.html").exit_code == 0
    return folder / "page.html"


def test_a_part_is_played_from_its_beginning(chromium: Browser, file: Path) -> None:
    """By its time in the table."""
    with browser.opened(chromium, file) as page:
        assert page.locator("#story-title").inner_text() == "Your story: The move"
        assert page.locator(".part-letter").all_text_contents() == ["S", "A"]
        page.get_by_role("button", name="Play from 0:05").click()
        browser.wait_for(page, "document.querySelector('audio').currentTime >= 4.9")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, file: Path, scheme: Literal["light", "dark"]) -> None:
    """The points say in words whether they were covered."""
    with browser.opened(chromium, file, scheme=scheme) as page:
        assert browser.serious(page) == []
        points = [text.strip() for text in page.locator(".covered li").all_text_contents()]
        assert points == ["Covered: what happened", "Not covered: what you did", "Covered: what came of it"]


def test_it_fits_a_phone_and_paper(chromium: Browser, file: Path) -> None:
    """At 320 pixels the table needs no room beside the page; on paper it is there without a click."""
    with browser.opened(chromium, file) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.emulate_media(media="print")
        assert page.get_by_role("cell", name="not marked").first.is_visible()


def test_a_name_is_only_a_name(chromium: Browser, tmp_path: Path) -> None:
    """Whatever is in it."""
    file = browser.written(tmp_path, review_page(TAKE, None, story=HOSTILE))
    with browser.opened(chromium, file) as page:
        assert page.locator("#story-title").inner_text() == f"Your story: {HOSTILE}"
        assert page.evaluate("window.broken ?? null") is None
