"""The review page, in a real browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import browser
import pytest
from browser import HOSTILE
from builders import delivery, filler, question, scored_take, span, take, words
from running import run

from mockint.corrections_file import read_corrections
from mockint.model import Correction, CorrectionKind, Evidence, FillerKind, Pace, Take
from mockint.pages.review_page import review_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from mockint.model import Delivery


@pytest.fixture(scope="module")
def file(home_with_samples: Path) -> Path:
    """The page of the second sample answer: it has both kinds of fillers, and long pauses."""
    return Path(run("review", 2, "--html", home_with_samples / "page.html").stdout.strip())


@pytest.fixture(scope="module")
def result(home_with_samples: Path) -> dict[str, Any]:
    """What the page shows, as JSON."""
    [shown] = run("review", 2, "--json").objects
    return shown


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    with browser.opened(chromium, file) as shown:
        yield shown


def page_of(folder: Path, take: Take) -> Path:
    return browser.written(folder, review_page(take, None))


def time_s(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def is_paused(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('audio').paused"))


# --- listening ------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [0, 7, 40, -1])
def test_a_click_on_a_word_plays_from_its_beginning(page: Page, result: dict[str, Any], index: int) -> None:
    """The player stands within 50 ms of the word once it has moved there."""
    at_s = browser.moved_to_s(page, page.locator("[data-word]").nth(index).click)
    assert at_s == pytest.approx(result["words"][index]["start_s"], abs=0.05)
    browser.wait_for(page, "!document.querySelector('audio').paused || document.querySelector('audio').ended")


@pytest.mark.parametrize("before_end_s", [0.05, 0.3, 0.6, 0.9])
def test_the_last_second_can_be_played(page: Page, before_end_s: float) -> None:
    """Chromium gives up on a FLAC file where it is to seek into its last blocks. At the end, playing begins anew."""
    near_the_end = """(before_end_s) => {
        const seek = document.querySelector(".seek");
        seek.value = seek.max - before_end_s;
        seek.dispatchEvent(new Event("input"));
    }"""
    browser.moved_to_s(page, lambda: page.evaluate(near_the_end, before_end_s))
    page.keyboard.press("Space")
    browser.wait_for(page, "document.querySelector('audio').paused")
    assert page.evaluate("document.querySelector('audio').error") is None
    end_s = float(page.locator(".seek").get_attribute("max") or 0)
    assert time_s(page) == pytest.approx(end_s, abs=1.1)
    page.keyboard.press("Space")
    browser.wait_for(page, "document.querySelector('audio').currentTime < 5")


def test_every_word_is_there_in_order(page: Page, result: dict[str, Any]) -> None:
    """As the recogniser wrote them, fillers included."""
    assert page.locator("[data-word]").all_inner_texts() == [word["text"] for word in result["words"]]


def test_the_word_that_is_spoken_is_the_one_that_is_highlighted(page: Page) -> None:
    """One after the other, none twice."""
    page.evaluate(
        """() => {
            window.seen = [];
            const look = () => {
                const now = document.querySelector(".w.now");
                if (now && window.seen.at(-1) !== +now.dataset.word) window.seen.push(+now.dataset.word);
            };
            new MutationObserver(look).observe(document.body, { attributes: true, subtree: true });
        }"""
    )
    page.locator("[data-word='10']").click()
    browser.wait_for(page, "window.seen.length >= 5")
    assert page.evaluate("window.seen.slice(0, 5)") == [10, 11, 12, 13, 14]


def test_space_plays_and_pauses(page: Page) -> None:
    """Wherever the focus is, except on another button."""
    page.keyboard.press("Space")
    browser.wait_for(page, "document.querySelector('audio').currentTime > 0")
    page.keyboard.press("Space")
    assert is_paused(page)


def test_arrows_move_by_two_seconds(page: Page) -> None:
    """Never beyond the beginning."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert time_s(page) == pytest.approx(4, abs=0.01)
    page.keyboard.press("ArrowLeft")
    assert time_s(page) == pytest.approx(2, abs=0.01)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert time_s(page) == 0


def test_n_and_p_go_from_filler_to_filler(page: Page, result: dict[str, Any]) -> None:
    """And stop at the last one."""
    starts = [filler["start_s"] for filler in result["fillers"]]
    assert len(starts) > 2
    visited = []
    for _ in starts:
        page.keyboard.press("n")
        visited.append(time_s(page))
    assert visited == pytest.approx(starts, abs=0.01)
    page.keyboard.press("n")
    assert time_s(page) == pytest.approx(starts[-1], abs=0.01)
    page.keyboard.press("p")
    assert time_s(page) == pytest.approx(starts[-2], abs=0.01)


def test_shift_and_arrow_go_from_word_to_word(page: Page, result: dict[str, Any]) -> None:
    """So that the keyboard reaches whatever the mouse does."""
    page.locator("[data-word='5']").click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    assert time_s(page) == pytest.approx(result["words"][6]["start_s"], abs=0.01)
    assert page.locator(".chosen").get_attribute("data-word") == "6"


def test_a_question_mark_shows_the_keys_and_letters_can_be_switched_off(page: Page) -> None:
    """Those who dictate to their computer must be able to (WCAG 2.1.4)."""
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#letters").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert time_s(page) == 0


# --- corrections ----------------------------------------------------------------------------------


def test_corrections_are_saved_in_a_file_that_mockint_takes_in(
    page: Page, home_with_samples: Path, tmp_path: Path, result: dict[str, Any]
) -> None:
    """A word changed, a word deleted, a filler disputed, a filler added; one more is taken back."""
    disputed, spoken = result["fillers"][1], result["words"]
    fillers = [(each["start_s"], each["end_s"]) for each in result["fillers"]]
    plain = [word for word in spoken if all(word["end_s"] <= start or word["start_s"] >= end for start, end in fillers)]
    changed, deleted, added, taken_back = plain[3], plain[10], plain[16], plain[20]
    for word, text in ((changed, "two <b>words"), (deleted, ""), (taken_back, "never")):
        page.locator("[data-word]").nth(spoken.index(word)).click()
        page.keyboard.press("c")
        page.get_by_label("You said").fill(text)
        page.keyboard.press("Enter")
    page.locator("[data-word]").nth(spoken.index(added)).click()
    page.get_by_role("button", name="Is a filler").click()
    page.keyboard.press("Space")  # on the button that has the focus: it must not play
    page.keyboard.press("Escape")
    page.locator("[data-filler='1'] .w").first.click()
    page.get_by_role("button", name="Not a filler").click()
    page.locator("#correction-list li", has_text="never").get_by_role("button").click()
    saved = browser.saved(page, "Save corrections", tmp_path)
    assert saved.name == "mockint-corrections-take-2.json"

    def place(of: dict[str, Any]) -> dict[str, Any]:
        return {"start_s": of["start_s"], "end_s": of["end_s"]}

    [read] = read_corrections(saved.read_bytes(), saved.name)
    assert list(read.corrections) == [
        Correction(
            kind=CorrectionKind.WORD_CHANGED, **place(changed), old_text=changed["text"], new_text="two <b>words"
        ),
        Correction(kind=CorrectionKind.WORD_DELETED, **place(deleted), old_text=deleted["text"]),
        Correction(kind=CorrectionKind.FILLER_ADDED, **place(added), new_text=added["text"]),
        Correction(kind=CorrectionKind.NOT_A_FILLER, **place(disputed), old_text=disputed["text"]),
    ]
    assert run("review", "--apply", saved).exit_code == 0
    [corrected] = run("review", 2, "--json").objects
    assert corrected["corrected"] is True
    assert "two <b>words" in " ".join(word["text"] for word in corrected["words"])


def test_a_missing_word_is_added_beside_another(
    page: Page, home_with_samples: Path, tmp_path: Path, result: dict[str, Any]
) -> None:
    """After it or before it, by key or by button; what was added can be changed and taken back."""
    spoken = result["words"]
    spans = page.locator("[data-word]")
    spans.nth(30).click()
    page.keyboard.press("i")
    page.get_by_label("Missing words").fill("very \N{NO-BREAK SPACE}much\N{ZERO WIDTH SPACE}")
    page.keyboard.press("Enter")
    spans.nth(30).click()
    page.get_by_role("button", name="Add a word").click()
    assert page.get_by_label("Missing words").input_value() == "very much"
    page.get_by_label("before").check()
    assert page.get_by_label("Missing words").input_value() == ""
    page.get_by_label("Missing words").fill("<i>um</i>")
    page.get_by_role("button", name="Add it").click()
    spans.nth(35).click()
    page.keyboard.press("i")
    page.get_by_label("Missing words").fill("never")
    page.keyboard.press("Enter")
    page.locator("#correction-list li", has_text="never").get_by_role("button").click()
    assert page.locator(".inserted").all_inner_texts() == ["<i>um</i>\n(added by you)", "very much\n(added by you)"]
    saved = browser.saved(page, "Save corrections", tmp_path)
    assert run("review", "--apply", saved).exit_code == 0
    [corrected] = run("review", 2, "--json").objects
    said = " ".join(word["text"] for word in corrected["words"])
    assert f"{spoken[29]['text']} <i>um</i> {spoken[30]['text']} very much {spoken[31]['text']}" in said
    assert "never" not in said


# --- safety ---------------------------------------------------------------------------------------


def test_whatever_was_said_stays_text(chromium: Browser, tmp_path: Path) -> None:
    """Question, words, fillers and caveats may hold anything: none of it runs, all of it is read."""
    said = [replace(word, text=HOSTILE) for word in words("one two three")]
    spoken = delivery(
        words=tuple(said),
        fillers=(filler(said[1], FillerKind.DISCOURSE_MARKER),),
        caveats=(HOSTILE,),
        engine=HOSTILE,
    )
    with browser.opened(chromium, page_of(tmp_path, scored_take(spoken, question=question(text=HOSTILE)))) as page:
        assert page.evaluate("window.broken") is None
        assert page.locator("h1").inner_text() == HOSTILE
        assert page.locator("[data-word]").all_inner_texts() == [HOSTILE] * 3
        assert page.locator(".caveats li").inner_text() == HOSTILE
        assert json.loads(page.locator("#data").inner_text())["words"][0]["text"] == HOSTILE


def test_the_page_runs_nothing_and_loads_nothing_of_others(chromium: Browser, file: Path) -> None:
    """The policy stops what gets in all the same."""
    with browser.opened(chromium, file, provoked=True) as page:
        assert browser.stopped(page) == browser.FOREIGN


# --- everyone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, file: Path, scheme: Literal["light", "dark"]) -> None:
    """With everything open, a word chosen and highlighted, and corrections made."""
    with browser.opened(chromium, file, scheme=scheme) as page:
        browser.open_tables(page)
        page.keyboard.press("n")
        page.get_by_role("button", name="Not a filler").click()
        page.keyboard.press("n")
        assert browser.serious(page) == []
        page.keyboard.press("c")
        assert browser.serious(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert browser.serious(page) == []


def test_without_scripts_everything_can_be_read_and_played(chromium: Browser, file: Path) -> None:
    """In a mail program's preview, for instance."""
    with browser.opened(chromium, file, scripts=False) as page:
        assert page.locator("[data-word]").first.is_visible()
        assert page.locator("audio").is_visible()
        assert not page.locator(".controls").is_visible()


def test_it_fits_a_phone(chromium: Browser, file: Path) -> None:
    """Nothing is wider than 320 pixels, the narrowest screen there is (WCAG 1.4.10)."""
    with browser.opened(chromium, file) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.keyboard.press("n")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate("document.querySelector('#help-open').getBoundingClientRect().right") <= 320


NO_WORDS = delivery(
    words=(),
    words_known=False,
    filled_pause_count=None,
    pace=Pace(words_per_minute=None, articulation_rate_syll_per_s=None, phonation_time_ratio=0.8),
    pauses=(span(10, 14),),
    caveats=("There is no transcript.",),
)


@pytest.mark.parametrize(
    ("spoken", "says"),
    [
        (None, "This take is not scored yet."),
        (NO_WORDS, "There is no transcript."),
        (delivery(), "None heard in 210 words."),
        (delivery(answer=None, words=(), pauses=()), "No words were heard."),
    ],
)
def test_what_is_missing_is_said(chromium: Browser, tmp_path: Path, spoken: Delivery | None, says: str) -> None:
    """Without a recording, a result, words, fillers or a voice there is still a page."""
    with browser.opened(chromium, page_of(tmp_path, take() if spoken is None else scored_take(spoken))) as page:
        assert page.get_by_text(says).first.is_visible()
        assert page.locator("h1").inner_text() == "What did you do?"
        assert browser.serious(page) == []


def test_a_filler_is_never_surer_than_the_surest_proved_to_be() -> None:
    """In tens, and what the person said is as they say."""
    said = words("um uh er " + "word " * 30)
    fillers = [filler(word, confidence=confidence) for word, confidence in zip(said, (0.999, 0.64, 1.0), strict=False)]
    fillers[2] = replace(fillers[2], evidence=Evidence.PERSON)
    shown = review_page(scored_take(delivery(words=said, fillers=tuple(fillers))), None)
    for told in ("about 90 % sure, noticed in the words and in the sound", "about 60 % sure", "as you say"):
        assert f"<td>{told}" in shown


def test_a_filler_of_two_words_is_one_mark_and_words_beside_it_none(chromium: Browser, tmp_path: Path) -> None:
    """Also where the recogniser lets neighbouring words overlap."""
    first, second, third = words("you know we")
    overlapping = replace(third, start_s=second.start_s + 0.01)
    marker = replace(filler(first, FillerKind.DISCOURSE_MARKER), text="you know", end_s=second.end_s)
    spoken = delivery(words=(first, second, overlapping), fillers=(marker,))
    with browser.opened(chromium, page_of(tmp_path, scored_take(spoken))) as page:
        assert page.locator("[data-filler]").all_inner_texts() == ["you know\n(discourse marker)"]
