"""A real browser for the tests of pages: the system's Chromium, without a window and without a network."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, Page

CHROMIUM = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
WHY_NOT = "there is no Chromium here: apt-get install chromium"
LONGEST_WAIT_S = 60
"""A slow machine needs seconds; what takes longer never comes."""
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
