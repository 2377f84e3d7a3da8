"""Two takes side by side, in a real browser."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal

import browser
import numpy as np
import pytest
from browser import HOSTILE
from builders import delivery, filler, question, scored_take, span, take

from mockint.cli.review_file import PLAYER_TAIL_S
from mockint.comparison import compare
from mockint.delivery.pace import measure_pace
from mockint.devices.audiofile import RecordingWriter, as_flac
from mockint.model import SAMPLE_RATE_HZ, CountInterval, Delivery, FillerKind, Question, Take, Word
from mockint.pages.compare_page import compare_page
from mockint.pages.html_file import PageSound
from mockint.scoring import METHOD
from mockint.typed import judge_typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


FIRST = (
    "So um I led a team of five people. We had a year to build the new desk. After three months, like, half of it was"
    " gone. I asked each of them what they would drop. Um we cut the plan in two and shipped the first half early."
)
SECOND = (
    "I led a team of five people. We had one year to build the new desk. After three months half of it was gone, and"
    " nobody had said so. I asked each of them what they would drop. We cut the plan in two. The first half shipped two"
    " weeks early, and the customers could work with it. "
) + "What I learned is to ask in the first week. " * 12


def spoken(text: str, words_per_minute: float) -> Delivery:
    """An answer at an even pace; um and like in it are fillers, and there is one long pause in front."""
    step_s = 60 / words_per_minute
    said = tuple(
        Word(text=word, start_s=3 + i * step_s, end_s=3 + (i + 0.8) * step_s) for i, word in enumerate(text.split())
    )
    kinds = {"um": FillerKind.FILLED_PAUSE, "like,": FillerKind.DISCOURSE_MARKER}
    fillers = tuple(filler(word, kinds[word.text.lower()]) for word in said if word.text.lower() in kinds)
    um_count = sum(each.kind is FillerKind.FILLED_PAUSE for each in fillers)
    answer = span(0, said[-1].end_s)
    return delivery(
        duration_s=answer.end_s + 0.5,
        answer=answer,
        words=said,
        fillers=fillers,
        filled_pause_count=CountInterval(count=um_count, at_least=um_count, low=um_count, high=um_count),
        pauses=(span(0.5, 2.9),),
        pace=measure_pace(answer, said, ()),
    )


def answer(number: int, said: Delivery, asked: Question) -> Take:
    """Take `number`, a day after the one before it."""
    return scored_take(said, id=number, uid=f"uid {number}", question=asked, asked_at=NOON + timedelta(days=number))


def humming(folder: Path, duration_s: float) -> PageSound:
    """A recording of this length."""
    path = folder / f"{duration_s}.wav"
    writer = RecordingWriter(path)
    writer.write((np.sin(np.arange(int(duration_s * SAMPLE_RATE_HZ)) / 20) / 10).astype(np.float32))
    writer.close()
    return PageSound(
        data=as_flac(path, silence_after_s=PLAYER_TAIL_S),
        media_type="audio/flac",
        levels_dbfs=(-20.0,) * int(duration_s * 20),
    )


NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
ASKED = question(text="Tell us about something that was late.")
BEFORE, AFTER = answer(1, spoken(FIRST, 80), ASKED), answer(4, spoken(SECOND, 190), ASKED)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of half a minute beside one of a minute, with sound."""
    folder = tmp_path_factory.mktemp("compared")
    sounds = [humming(folder, each.duration_s) for each in (BEFORE, AFTER)]
    return page_of(folder, BEFORE, AFTER, *sounds)


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    with browser.opened(chromium, file) as shown:
        browser.wait_for(shown, "[...document.querySelectorAll('audio')].every((each) => each.readyState >= 1)")
        yield shown


def page_of(
    folder: Path, before: Take, after: Take, before_sound: PageSound | None = None, after_sound: PageSound | None = None
) -> Path:
    return browser.written(folder, compare_page(compare(before, after), before_sound, after_sound))


def word(page: Page, voice: int, index: int) -> str:
    return f".side[data-voice='{voice}'] [data-word='{index}']"


def times_s(page: Page) -> list[float]:
    times: list[float] = page.evaluate("[...document.querySelectorAll('audio')].map((each) => each.currentTime)")
    return times


PLAYING = "[...document.querySelectorAll('audio')].map((each) => !each.paused)"


# --- listening ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("voice", "index"), [(0, 0), (0, 30), (1, 20), (1, -1)])
def test_a_click_on_a_word_moves_its_own_player_to_its_beginning(page: Page, voice: int, index: int) -> None:
    """Within 50 ms; the other player stays where it is."""
    result = (BEFORE, AFTER)[voice].result
    assert result is not None
    said = result.delivery.words
    place = index % len(said)
    at_s = browser.moved_to_s(page, page.locator(word(page, voice, place)).click, player=voice)
    assert at_s == pytest.approx(said[place].start_s, abs=0.05)
    assert times_s(page)[1 - voice] == 0


def test_while_one_voice_plays_the_other_is_silent(page: Page) -> None:
    """However it was started: by a word, a button or a key."""
    page.locator(word(page, 0, 2)).click()
    browser.wait_for(page, f"{PLAYING}[0]")
    page.locator(word(page, 1, 2)).click()
    browser.wait_for(page, f"{PLAYING}[1]")
    assert page.evaluate(PLAYING) == [False, True]
    page.get_by_role("button", name="Play take 1").click()
    browser.wait_for(page, f"{PLAYING}[0]")
    assert page.evaluate(PLAYING) == [True, False]
    page.get_by_role("button", name="Pause take 1").wait_for()
    page.keyboard.press("2")
    browser.wait_for(page, f"!{PLAYING}[0]")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    browser.wait_for(page, f"{PLAYING}[1]")
    assert page.evaluate(PLAYING) == [False, True]


def test_the_keys_go_to_the_take_that_was_heard_last(page: Page) -> None:
    """Or to the one that is named by 1 and 2, or whose slider has the focus."""
    assert times_s(page) == [0, 0]
    page.keyboard.press("ArrowRight")
    assert times_s(page) == pytest.approx([2, 0], abs=0.01)
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert times_s(page) == pytest.approx([2, 4], abs=0.01)
    assert page.locator(".player.current .whose").inner_text().startswith("Take 4")
    page.keyboard.press("1")
    page.get_by_role("slider", name="Position in the recording of take 4").focus()
    page.keyboard.press("ArrowRight")
    assert times_s(page) == pytest.approx([2, 6], abs=0.01)
    page.keyboard.press("1")
    page.keyboard.press("n")
    assert BEFORE.result is not None
    assert times_s(page)[0] == pytest.approx(BEFORE.result.delivery.fillers[0].start_s, abs=0.01)
    page.keyboard.press("Shift+ArrowRight")
    assert times_s(page)[0] == pytest.approx(BEFORE.result.delivery.words[2].start_s, abs=0.01)


def test_one_recording_is_enough(chromium: Browser, tmp_path: Path) -> None:
    """Of the other take the words are there, and a click on them plays nothing."""
    path = page_of(tmp_path, BEFORE, AFTER, None, humming(tmp_path, AFTER.duration_s))
    with browser.opened(chromium, path) as page:
        assert page.get_by_text("The recording is not here any more").count() == 1
        page.locator(word(page, 0, 3)).click()
        page.keyboard.press("1")
        page.keyboard.press("ArrowRight")
        assert times_s(page) == pytest.approx([2], abs=0.01)


# --- what is shown --------------------------------------------------------------------------------


def test_what_differs_is_told_by_signs_and_lines_and_not_by_colour_alone(page: Page) -> None:
    """Kept words are in both columns, each with its own sound."""
    dropped, added = page.locator("del").all_inner_texts(), page.locator("ins").all_inner_texts()
    assert dropped[0].split()[:2] == ["So", "um"]
    assert any("nobody had said so" in " ".join(text.split()) for text in added)
    assert len(page.locator(".kept").all()) >= 6
    style = """(name) => [
        getComputedStyle(document.querySelector(name)).borderBottomStyle,
        getComputedStyle(document.querySelector(name), "::before").content,
    ]"""
    assert page.evaluate(style, "del") == ["dotted", '"\N{MINUS SIGN}\N{THIN SPACE}"']
    assert page.evaluate(style, "ins") == ["solid", '"+\N{THIN SPACE}"']


def test_every_word_of_both_takes_is_there_in_order(page: Page) -> None:
    """Whatever was kept."""
    for voice, text in ((0, FIRST), (1, SECOND)):
        assert page.locator(f".side[data-voice='{voice}'] [data-word]").all_inner_texts() == text.split()


def test_each_change_says_whether_it_is_real_and_the_page_says_what_that_means(page: Page) -> None:
    """In words."""
    names, words = (page.locator(selector).all_inner_texts() for selector in (".change h3", ".judgement"))
    shown = dict(zip(names, words, strict=True))
    assert shown["Pace"] == "real, for the better"
    assert shown["Length"] == "cannot be told"
    assert shown["Long pauses"] == "within noise"
    assert "fewer than 1 of 20 pairs of takes" in page.locator(".meaning").inner_text()


def test_takes_that_cannot_be_compared_say_why(chromium: Browser, tmp_path: Path) -> None:
    """By two engines, of two questions, without words, without a result: there is a page, and nothing is real."""
    assert AFTER.result is not None
    elsewhere = replace(AFTER, result=replace(AFTER.result, delivery=replace(AFTER.result.delivery, engine="another")))
    wordless = delivery(words=(), words_known=False, filled_pause_count=None, answer=span(0, 90))
    for before, after, sentence in (
        (BEFORE, elsewhere, "Take 1 was heard by test engine 1, take 4 by another"),
        (BEFORE, answer(4, spoken(SECOND, 120), question(id="two", text="Another?")), "These are two questions"),
        (answer(1, wordless, ASKED), answer(4, wordless, ASKED), "There are no words to compare."),
        (take(id=1, uid="uid 1", question=ASKED), AFTER, "Nothing was measured in take 1"),
    ):
        with browser.opened(chromium, page_of(tmp_path, before, after)) as page:
            assert page.get_by_text(sentence).first.is_visible()
            assert page.locator("audio").count() == 0
            assert browser.serious(page) == []


def test_what_was_typed_was_heard_by_nobody(chromium: Browser, tmp_path: Path) -> None:
    """Beside a spoken answer: it has no length and no times, and only its words can be compared."""
    assert AFTER.result is not None
    typed = replace(AFTER, typed=SECOND, result=judge_typed(SECOND, None, METHOD, duration_s=60.0))
    with browser.opened(chromium, page_of(tmp_path, BEFORE, typed)) as page:
        assert page.locator(".facts").all_inner_texts()[1].split(" \N{MIDDLE DOT} ")[1] == "typed"
        assert "Take 4: typed, scored by method" in page.locator("footer").inner_text()
        assert page.get_by_text("nothing in them can be compared but the words").is_visible()


# --- safety ---------------------------------------------------------------------------------------


def test_whatever_was_said_stays_text(chromium: Browser, tmp_path: Path) -> None:
    """Questions, words, fillers, caveats and engines may hold anything: none of it runs, all of it is read."""
    asked = [question(id=name, text=HOSTILE) for name in ("one", "two")]
    assert BEFORE.result is not None
    said = replace(
        BEFORE.result.delivery,
        words=tuple(replace(each, text=HOSTILE) for each in BEFORE.result.delivery.words),
        caveats=(HOSTILE,),
        engine=HOSTILE,
    )
    path = page_of(tmp_path, answer(1, said, asked[0]), answer(4, said, asked[1]))
    with browser.opened(chromium, path) as page:
        assert page.evaluate("window.broken") is None
        assert page.locator(".question").all_inner_texts() == [HOSTILE] * 2
        assert page.locator("[data-word]").first.inner_text() == HOSTILE
        assert json.loads(page.locator("#data").inner_text())["voices"][0]["words"][0]["text"] == HOSTILE


def test_the_page_runs_nothing_and_loads_nothing_of_others(chromium: Browser, file: Path) -> None:
    """The policy stops what gets in all the same."""
    with browser.opened(chromium, file, provoked=True) as page:
        assert browser.stopped(page) == browser.FOREIGN


# --- everyone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, file: Path, scheme: Literal["light", "dark"]) -> None:
    """With everything open, a word chosen and another highlighted; and the help."""
    with browser.opened(chromium, file, scheme=scheme) as page:
        browser.open_tables(page)
        page.keyboard.press("n")
        page.keyboard.press("2")
        page.keyboard.press("Shift+ArrowRight")
        assert browser.serious(page) == []
        page.keyboard.press("?")
        assert browser.serious(page) == []


def test_it_fits_a_phone(chromium: Browser, file: Path) -> None:
    """Nothing is wider than 320 pixels (WCAG 1.4.10), and whose words they are is said with each."""
    with browser.opened(chromium, file) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate("document.querySelector('#help-open').getBoundingClientRect().right") <= 320
        assert page.locator(".side .whose").first.is_visible()


def test_without_scripts_everything_can_be_read_and_played(chromium: Browser, file: Path) -> None:
    """By the browser's own players."""
    with browser.opened(chromium, file, scripts=False) as page:
        assert page.locator("[data-word]").first.is_visible()
        assert [each.is_visible() for each in page.locator("audio").all()] == [True, True]
        assert not page.locator(".controls").first.is_visible()
