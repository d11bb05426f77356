"""The service on a port of the loopback, and a real browser that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app import create_app, db
from app.cli import seed
from app.config import use
from app.embedded import Valkey
from app.embedded.server import HOST, free_port
from app.parsing.load import lexicon
from tests.settings import settings as make_settings
from tests.simulator.serving import served

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture
def site(database: str, valkey: Valkey, tmp_path: Path) -> Iterator[str]:
    """The address of the running service, with the demo people in its database."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    made = make_settings(
        spool_dir=tmp_path / "spool",
        DATABASE_URL=database,
        REDIS_URL=valkey.url,
        PUBLIC_URL=address,
    )
    use(made)
    lexicon()  # once for all tests: nobody shall wait for the word lists
    with db.transaction() as connection:
        seed(connection)
    with served(create_app(made), port):
        yield address
    db.engine().dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        pytest.fail("Chromium is missing: `make tools` fetches it.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The simulator in a new window; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    window = browser.new_page(viewport={"width": 1080, "height": 860})
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    window.goto(f"{site}/simulator")
    yield window
    window.close()
    assert complaints == []
