"""The page for a mentor, in a real browser: from listening to the file that comes back, and into the review."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import browser
import pytest
from browser import HOSTILE
from builders import delivery, filler, question, scored_take, words
from running import run

from mockint.feedback import read_feedback
from mockint.model import FillerKind, Take
from mockint.pages.mentor_page import SharedAnswer, mentor_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page


@pytest.fixture(scope="module")
def file(home_with_samples: Path) -> Path:
    """The page of two answers."""
    return Path(run("share", 2, 3, "--out", home_with_samples / "two.html").stdout.strip())


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    with browser.opened(chromium, file) as shown:
        yield shown


def page_of(folder: Path, take: Take, name: str = "") -> Path:
    return browser.written(folder, mentor_page([SharedAnswer(take=take, sound=None)], name))


def save(page: Page, folder: Path) -> Path:
    return browser.saved(page, "Save my feedback", folder)


def comment(page: Page, answer: int, word: int, text: str) -> None:
    """Press a word of an answer, then the button, and write."""
    page.locator(f"[data-answer='{answer}'] [data-word='{word}']").click()
    page.locator(f"[data-answer='{answer}'] .comment").click()
    page.get_by_label("Your comment", exact=True).fill(text)
    page.get_by_role("button", name="Keep it").click()


def _without_take(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != "take"}


# --- there and back -------------------------------------------------------------------------------


def test_what_a_mentor_fills_in_comes_back_into_the_review(
    chromium: Browser, page: Page, home_with_samples: Path, tmp_path: Path
) -> None:
    """Ratings, one thing to keep and one to change, comments at their moments: saved, taken in, and shown."""
    page.locator("[data-answer='0']").get_by_label("Easily").check()
    page.locator("[data-answer='0']").get_by_label("Pleasant").check()
    page.get_by_label("One thing to keep").first.fill("The story <b>itself</b>.")
    page.get_by_label("One thing to change").first.fill("Begin with the result.\nThen tell how.")
    comment(page, 0, 20, "Who decided that?")
    comment(page, 1, 4, "A good beginning.")
    page.get_by_label("Your name, if you like").fill("Anna")
    saved = save(page, tmp_path)
    assert saved.name == "feedback-2-answers.json"
    assert page.get_by_text("One step is left: send it back.").is_visible()

    assert run("feedback", "import", saved).exit_code == 0
    [second] = run("review", 2, "--json").objects
    [said] = run("feedback", "show", 2, "--json").objects
    assert (said["mentor"], said["ratings"]) == ("Anna", {"structure": 3, "presence": 3})
    assert (said["keep"], said["change"]) == ("The story <b>itself</b>.", "Begin with the result.\nThen tell how.")
    assert said["comments"] == [{"at_s": pytest.approx(second["words"][20]["start_s"]), "text": "Who decided that?"}]
    assert [each["take"] for each in run("feedback", "list", "--json").objects] == [2, 3]
    assert (second["feedback"], "feedback" in run("review", 1, "--json").objects[0]) == ([_without_take(said)], False)
    assert "Begin with the result." in run("review", 2).stdout
    review = Path(run("review", 2, "--html", home_with_samples / "review.html").stdout.strip())
    with browser.opened(chromium, review) as looked_at:
        assert looked_at.locator(".feedback .wish p").all_inner_texts() == [said["keep"], said["change"]]
        its_time = looked_at.locator(".feedback li", has_text="Who decided that?").get_by_role("button")
        assert browser.moved_to_s(looked_at, its_time.click) == pytest.approx(said["comments"][0]["at_s"], abs=0.05)
        browser.wait_for(looked_at, "!document.querySelector('audio').paused")
        assert browser.serious(looked_at) == []


def test_the_file_is_called_after_the_question(chromium: Browser, home_with_samples: Path, tmp_path: Path) -> None:
    """And no name is in it that was not given."""
    alone = Path(run("share", 3, "--out", home_with_samples / "one.html").stdout.strip())
    with browser.opened(chromium, alone) as page:
        page.get_by_label("One thing to keep").fill("Your calm.")
        saved = save(page, tmp_path)
    asked = run("review", 3, "--json").objects[0]["question"]
    assert saved.name == f"feedback-{asked}.json"
    [read] = read_feedback(saved.read_bytes(), saved.name)
    assert (read.mentor, read.keep, read.comments) == ("", "Your calm.", ())


def test_a_page_tells_nothing_of_the_computer(file: Path, home_with_samples: Path) -> None:
    """No path, no user, no number of a take; the name only where it was given."""
    sound = re.compile(r"data:audio/[^\"]+")
    text = sound.sub("", file.read_text(encoding="utf-8"))
    for private in (
        str(home_with_samples),
        str(Path.home()) + "/",
        home_with_samples.name,
        f"{getuser()}@",
        "Take 2",
        "moonshine",
    ):
        assert private not in text
    assert "Sam asks for your honest opinion" not in text
    named = Path(run("share", 2, "--name", "Sam", "--out", home_with_samples / "named.html").stdout.strip())
    assert "Sam asks for your honest opinion" in named.read_text(encoding="utf-8")


# --- listening and writing ------------------------------------------------------------------------


def test_a_comment_hangs_on_the_moment_that_plays(page: Page, tmp_path: Path) -> None:
    """The sound stops while the mentor writes, and goes on afterwards."""
    page.locator("[data-answer='0'] .play").click()
    browser.wait_for(page, "document.querySelector('audio').currentTime > 0.3")
    page.keyboard.press("c")
    assert page.evaluate("document.querySelector('audio').paused") is True
    at_s = page.evaluate("document.querySelector('audio').currentTime")
    page.keyboard.type("c is a letter here, and so is Space")
    page.keyboard.press("Control+Enter")
    browser.wait_for(page, "!document.querySelector('audio').paused")
    [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    assert [each.text for each in read.comments] == ["c is a letter here, and so is Space"]
    assert read.comments[0].at_s == pytest.approx(at_s, abs=0.25)  # the sound goes on for a moment on a busy machine


def test_a_comment_can_be_heard_changed_and_removed(page: Page, tmp_path: Path) -> None:
    """In order of time; Escape keeps what was written."""
    comment(page, 0, 30, "second")
    comment(page, 0, 3, "first")
    items = page.locator("[data-answer='0'] .comments li")
    assert page.locator("[data-answer='0'] .comments li p:not(.quote)").all_inner_texts() == ["first", "second"]
    items.nth(0).get_by_role("button", name="Change").click()
    page.get_by_label("Your comment", exact=True).fill("first, and better")
    page.keyboard.press("Escape")
    better = "document.querySelector('.comments p').textContent === 'first, and better'"
    browser.wait_for(page, f"{better} && document.activeElement === document.querySelector('.comments .change')")
    items.nth(1).get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Remove it").click()
    assert items.count() == 1
    items.nth(0).get_by_role("button", name="Play from").click()
    browser.wait_for(page, "!document.querySelector('audio').paused")
    [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    assert [each.text for each in read.comments] == ["first, and better"]


def test_only_one_answer_is_heard_at_a_time(page: Page) -> None:
    """Playing one stops the other."""
    page.locator("[data-answer='0'] .play").click()
    page.locator("[data-answer='1'] .play").click()
    browser.wait_for(
        page, "document.querySelectorAll('audio')[0].paused && !document.querySelectorAll('audio')[1].paused"
    )


def test_a_rating_can_be_taken_back(page: Page, tmp_path: Path) -> None:
    """To rather say nothing is an answer too."""
    first = page.locator("[data-answer='0']")
    first.get_by_label("Hard work").check()
    first.get_by_label("In part").check()
    first.get_by_label("I would rather not say").nth(2).check()
    first.get_by_label("I got lost").check()
    page.keyboard.press("ArrowRight")  # to the next level, and not two seconds on
    assert page.evaluate("document.querySelector('audio').currentTime") == 0
    [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    assert [(each.criterion, each.level) for each in read.ratings] == [("structure", 2), ("content", 2)]


def test_nothing_is_saved_where_nothing_was_said(page: Page) -> None:
    """It says so instead."""
    page.get_by_role("button", name="Save my feedback").click()
    assert page.get_by_text("There is nothing to save yet: every field is empty.").first.is_visible()
    assert not page.get_by_text("One step is left").is_visible()


def test_what_can_steer_a_terminal_is_not_saved(page: Page, tmp_path: Path) -> None:
    """Text that was pasted from elsewhere may hold anything; what can be read stays."""
    page.get_by_label("One thing to change").first.fill("a\x1b[31mb\u202ec\u2028d \U0001f642")
    [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    assert read.change == "a[31mbc\nd \U0001f642"


def test_without_sound_a_word_is_commented_on(chromium: Browser, home_with_samples: Path, tmp_path: Path) -> None:
    """With the mouse and with the keyboard."""
    silent = Path(run("share", 2, "--without-audio", "--out", home_with_samples / "silent.html").stdout.strip())
    assert "data:audio" not in silent.read_text(encoding="utf-8")
    with browser.opened(chromium, silent) as page:
        comment(page, 0, 5, "by mouse")
        page.keyboard.press("Shift+ArrowRight")
        page.locator(".comment").click()
        page.keyboard.type("by key")
        page.get_by_role("button", name="Keep it").click()
        [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    shown = run("review", 2, "--json").objects[0]["words"]
    assert [each.text for each in read.comments] == ["by mouse", "by key"]
    assert [each.at_s for each in read.comments] == [shown[5]["start_s"], shown[6]["start_s"]]


# --- losing nothing -------------------------------------------------------------------------------


def test_what_was_written_survives_a_reload(chromium: Browser, file: Path, tmp_path: Path) -> None:
    """Also a comment that was not finished; the browser asks before it leaves. Begun afresh, it is gone."""
    with browser.opened(chromium, file) as page:
        asked: list[str] = []

        def agree(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", agree)
        page.get_by_label("One thing to change").first.fill("Slower.")
        page.locator("[data-answer='1']").get_by_label("Yes", exact=False).check()
        page.locator("[data-answer='0'] .comment").click()
        page.keyboard.type("half a com")
        page.reload()
        assert asked == ["beforeunload"]
        assert page.get_by_text("What you wrote here before is still there.").is_visible()
        read = read_feedback(save(page, tmp_path).read_bytes(), "file")
        assert [each.change for each in read] == ["Slower.", ""]
        assert [each.text for each in read[0].comments] == ["half a com"]
        page.get_by_role("button", name="Begin afresh").click()
        page.reload()
        assert asked == ["beforeunload", "confirm"]
        assert page.get_by_label("One thing to change").first.input_value() == ""


def test_a_browser_that_keeps_nothing_says_so(chromium: Browser, file: Path, tmp_path: Path) -> None:
    """And everything else goes on."""
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } });")
    page = context.new_page()
    page.goto(file.as_uri())
    page.get_by_label("One thing to keep").first.fill("Your calm.")
    assert page.get_by_text("This browser forgets what you write").is_visible()
    [read] = read_feedback(save(page, tmp_path).read_bytes(), "file")
    assert read.keep == "Your calm."
    context.close()


def test_a_second_save_takes_the_place_of_the_first(page: Page, home_with_samples: Path, tmp_path: Path) -> None:
    """A mentor may think again."""
    field = page.get_by_label("One thing to change").nth(1)
    field.fill("More numbers.")
    (tmp_path / "first").mkdir()
    first = save(page, tmp_path / "first")
    field.fill("Fewer numbers.")
    second = save(page, tmp_path)
    said = [run("feedback", "import", each).stderr for each in (first, second, second, first)]
    assert [text.split(".")[0] for text in said] == [
        "Kept",
        "Kept, in place of an earlier save",
        "You had this already: nothing changed",
        "You have a newer save of this: nothing changed",
    ]
    changes = [each["change"] for each in run("feedback", "show", 3, "--json").objects]
    assert changes.count("Fewer numbers.") == 1
    assert "More numbers." not in changes


# --- safety and everyone --------------------------------------------------------------------------


def test_whatever_was_said_stays_text(chromium: Browser, tmp_path: Path) -> None:
    """Question, words and name may hold anything: none of it runs, all of it is read."""
    said = [replace(word, text=HOSTILE) for word in words("one two three")]
    spoken = delivery(words=tuple(said), fillers=(filler(said[1], FillerKind.DISCOURSE_MARKER),), engine=HOSTILE)
    with browser.opened(
        chromium, page_of(tmp_path, scored_take(spoken, question=question(text=HOSTILE)), HOSTILE)
    ) as page:
        assert page.evaluate("window.broken") is None
        assert page.locator("#question-0").inner_text() == HOSTILE
        assert page.locator("[data-word]").all_inner_texts() == [HOSTILE] * 3
        comment(page, 0, 0, HOSTILE)
        assert HOSTILE in page.locator(".comments").inner_text()
        assert page.evaluate("window.broken") is None


def test_the_page_runs_nothing_and_loads_nothing_of_others(chromium: Browser, file: Path) -> None:
    """The policy stops what gets in all the same."""
    with browser.opened(chromium, file, provoked=True) as page:
        assert browser.stopped(page) == browser.FOREIGN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(chromium: Browser, file: Path, tmp_path: Path, scheme: Literal["light", "dark"]) -> None:
    """With everything open, a comment made, one being written, and all of it saved."""
    with browser.opened(chromium, file, scheme=scheme) as page:
        comment(page, 0, 9, "Good.")
        page.locator("[data-answer='0']").get_by_label("Easily").check()
        save(page, tmp_path)
        browser.open_tables(page)
        assert browser.serious(page) == []
        page.keyboard.press("c")
        assert browser.serious(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Help: keys").click()
        assert browser.serious(page) == []


def test_a_browser_that_runs_the_scripts_need_not_warn(page: Page) -> None:
    """The warning is for those in which nothing could be saved."""
    assert not page.get_by_text("Nothing can be written or saved here.").is_visible()


def test_without_scripts_it_can_be_heard_and_says_what_to_do(chromium: Browser, file: Path) -> None:
    """In a mail program's preview, for instance: nobody writes in vain there."""
    with browser.opened(chromium, file, scripts=False) as page:
        assert page.locator("[data-word]").first.is_visible()
        assert page.locator("audio").first.is_visible()
        assert page.get_by_text("Nothing can be written or saved here.").is_visible()
        assert page.locator("textarea:visible").count() == 0
        assert not page.get_by_role("button", name="Save my feedback").is_visible()


def test_it_fits_a_phone(chromium: Browser, file: Path) -> None:
    """Nothing is wider than 320 pixels, the narrowest screen there is (WCAG 1.4.10); buttons fit a thumb (2.5.8)."""
    with browser.opened(chromium, file) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        comment(page, 0, 9, "W" * 80)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        for button in (".play", ".comment", ".comments .change", "#save"):
            box = page.locator(button).first.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
            assert box["x"] + box["width"] <= 320


def test_a_page_holds_no_more_than_a_file_may(chromium: Browser, tmp_path: Path) -> None:
    """Comments beyond the most that are taken in are not begun, and it says why."""
    with browser.opened(chromium, page_of(tmp_path, scored_take(delivery(), uid=f"{1:032x}"))) as page:
        most: int = json.loads(page.locator("#data").inner_text())["most_comments"]
        draft: dict[str, Any] = {
            "answer": "c" * 32,
            "mentor": "",
            "takes": [
                {
                    "take": f"{1:032x}",
                    "ratings": {},
                    "keep": "",
                    "change": "",
                    "comments": [{"at_s": 1, "text": "x"}] * most,
                }
            ],
        }
        page.evaluate(
            "([key, draft]) => localStorage.setItem(key, draft)", [f"mockint-feedback {1:032x}", json.dumps(draft)]
        )
        page.reload()
        assert page.locator(".comments li").count() == most
        page.locator("[data-word='3']").click()
        page.locator(".comment").click()
        assert not page.locator("#comment").is_visible()
        assert page.locator("#status").inner_text() == "There is no room for more comments. Please remove one first."
