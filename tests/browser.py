"""A real browser for the tests of pages: the system's Chromium, without a window and without a network."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, Page

CHROMIUM = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
WHY_NOT = "there is no Chromium here: apt-get install chromium"
LONGEST_WAIT_S = 60
"""A slow machine needs seconds; what takes longer never comes."""
HOSTILE = """</script><script>window.broken = 1</script><img src=x onerror="window.broken = 1">'"&{{ 7 * 7 }}"""
"""What a question, a word or a name may hold: where any of it ran, `window.broken` would be set."""
FOREIGN = ["connect-src", "img-src", "script-src-elem", "style-src-elem"]
"""What no page of ours allows to anything that got into it."""
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    provoked: bool = False,
) -> Iterator[Page]:
    """Open a file as a double click does. Unless provoked, it must ask for nothing and complain of nothing."""
    context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts, reduced_motion="reduce")
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    if scripts and page.locator("audio").count():
        wait_for(page, "document.querySelector('audio').readyState >= 1")
    yield page
    context.close()
    if not provoked:
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert complaints == []


def wait_for(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression is true. Playwright's own way needs `eval`, which our pages forbid."""
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
            const until = Date.now() + {LONGEST_WAIT_S * 1000};
            const look = () => {{
                if ({condition}) done();
                else if (Date.now() > until) fail(new Error({json.dumps(f"in vain: {condition}")}));
                else setTimeout(look, 10);
            }};
            look();
        }})"""
    )


def written(folder: Path, html: str) -> Path:
    """Write a page into a folder, as mockint does."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def saved(page: Page, button: str, folder: Path) -> Path:
    """Press the button that saves a file, and return where it was saved, under the name that the page gave it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def moved_to_s(page: Page, move: Callable[[], object], player: int = 0) -> float:
    """Do what moves a player, and return where it stands as soon as it has moved, in seconds."""
    page.evaluate(
        """(player) => {
            const audio = document.querySelectorAll("audio")[player];
            window.at_s = undefined;
            audio.addEventListener("seeked", () => { window.at_s = audio.currentTime; }, { once: true });
        }""",
        player,
    )
    move()
    wait_for(page, "window.at_s !== undefined")
    return float(page.evaluate("window.at_s"))


def open_tables(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.setAttribute('open', ''))")


def serious(page: Page) -> list[str]:
    """Return what axe-core finds that keeps people out."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in {"serious", "critical"}]


def stopped(page: Page) -> list[str]:
    """Put a script, a picture, a style and a request of others into a page, and return what its policy stopped."""
    ran, kinds = page.evaluate(
        """async () => {
            const stopped = [];
            const add = (name, what) => document.body.append(Object.assign(document.createElement(name), what));
            addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
            add("script", { text: "window.broken = 1" });
            add("img", { src: "https://example.org/a.png" });
            add("style", { textContent: "p { color: red }" });
            await fetch("https://example.org/").catch(() => {});
            await new Promise((done) => setTimeout(done, 0));
            return [window.broken !== undefined, stopped.sort()];
        }"""
    )
    assert not ran
    return list(kinds)
