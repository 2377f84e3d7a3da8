"""What every test may use. No test reaches the sound hardware of the machine it runs on, nor any other machine."""

from __future__ import annotations

import os
import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import browser
import pytest
import sound_card as virtual
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from mockint.model import Recording


# This process, and every Python that it starts.
NO_NETWORK = Path(__file__).parent / "no_network"
runpy.run_path(str(NO_NETWORK / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(NO_NETWORK), os.environ.get("PYTHONPATH")]))

# A busy machine is no fault of an example.
settings.register_profile("mockint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mockint")


@pytest.fixture(scope="session", autouse=True)
def _virtual_sound_card() -> Iterator[virtual.SoundCard | None]:
    """Put a sound card that exists only in memory in front of the real one, before PortAudio looks for devices."""
    if not virtual.AVAILABLE:
        yield None
        return
    card = virtual.SoundCard()
    card.start()
    yield card
    card.remove()


@pytest.fixture
def sound_card(_virtual_sound_card: virtual.SoundCard | None) -> virtual.SoundCard:
    """The virtual sound card, for tests that play or record."""
    if _virtual_sound_card is None:
        pytest.skip(virtual.WHY_NOT)
    return _virtual_sound_card


@pytest.fixture
def fragile_sound_card(sound_card: virtual.SoundCard) -> Iterator[virtual.SoundCard]:
    """A sound card that the test stops; it is started again afterwards."""
    yield sound_card
    sound_card.start()


@pytest.fixture(scope="session")
def speech() -> Recording:
    """A sentence by the real synthesiser, 16 kHz."""
    from mockint.devices.voice import Pyttsx3Voice

    return Pyttsx3Voice().synthesise("I led a team of five engineers, and we finished two weeks early.")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data home that nothing has used yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MOCKINT_HOME", str(folder))
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for tests of pages."""
    if browser.CHROMIUM is None:
        pytest.skip(browser.WHY_NOT)
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="session")
def _heard_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from running import run

    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder))
        assert run("practice", "--samples", "always", "--engine", "moonshine", "--json").exit_code == 0
    return folder


@pytest.fixture(scope="module")
def home_with_samples(_heard_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data home of the module's own, with the three sample answers as the quickest recogniser heard them."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(_heard_samples, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOCKINT_HOME", str(folder))
        yield folder
