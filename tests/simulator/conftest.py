"""The service on a port of the loopback, its clock, and a real browser that looks at it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from os import environ  # noqa: TID251 - a process gets all of ours, and pictures are asked for by it
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app import clock, create_app, db, queue, ticker
from app.cli.demo import seed
from app.config import config, use
from app.conversation.handle import warm_up
from app.embedded import Valkey
from app.embedded.server import HOST, free_port
from tests.settings import settings as make_settings
from tests.simulator.serving import served

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/pictures"
KEEP_PICTURES = "PROCARE_KEEP_PICTURES"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture
def settings_of_site(database: str, valkey: Valkey) -> dict[str, str]:
    """What the processes of the site are told, by the names of the environment."""
    address = f"http://{HOST}:{free_port()}"
    return {
        "DATABASE_URL": database,
        "REDIS_URL": valkey.url,
        "PUBLIC_URL": address,
        "TWILIO_API_URL": f"{address}/simulator/twilio",
        "TWILIO_TEMPLATES": str(ROOT / "app/simulator/approved.toml"),
    }


@pytest.fixture
def site(settings_of_site: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of the running service, with the demo people in its database, at noon."""
    made = make_settings(spool_dir=tmp_path / "spool", **settings_of_site)
    use(made)
    queue.redis().flushdb()  # what another test called for is not called for here
    warm_up()  # once for all tests: nobody shall wait for the word lists
    with moved_clock(tmp_path / "simulator" / "clock"):
        with db.transaction() as connection:
            seed(connection)
        port = int(made.public_url.rpartition(":")[2])
        with served(create_app(made), port, to_the_end=True):
            yield made.public_url
        db.engine().dispose()


@contextmanager
def moved_clock(path: Path) -> Iterator[None]:
    """Let a file move the clock, at first to the next noon in India: no test hangs on the hour."""
    here = clock.now().astimezone(ZoneInfo("Asia/Kolkata"))
    noon = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), here.tzinfo)
    clock.follow(path)
    clock.move_to(noon + timedelta(hours=12, seconds=1) - here)  # whole seconds: never 11:59
    try:
        yield
    finally:
        clock.follow(None)


@pytest.fixture
def ticking(site: str) -> Iterator[str]:
    """The service with its clock process at work, in a thread."""
    stop = Event()
    running = Thread(target=ticker.run, args=(stop,))
    running.start()
    yield site
    stop.set()
    running.join(30)
    assert not running.is_alive()


@pytest.fixture
def worker(site: str, settings_of_site: dict[str, str]) -> Iterator[None]:
    """A worker process of the service."""
    made = config()
    assert made.public_url == site
    environment = {
        **environ,
        **settings_of_site,
        "PROCARE_ENV": "test",
        "TWILIO_ACCOUNT_SID": made.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": made.twilio_auth_tokens[0],
        "TWILIO_WHATSAPP_NUMBER": made.twilio_whatsapp_number,
        "SPOOL_DIR": str(made.spool_dir),
        "CLOCK_OFFSET_FILE": str(clock.offset_file()),
    }
    command = [sys.executable, "-m", "app.worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        yield
        process.terminate()
        process.wait(20)


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
    window = browser.new_page(viewport={"width": 1440, "height": 900})
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    window.goto(f"{site}/simulator")
    expect(window.locator(".heard-in").first).not_to_be_empty()
    yield window
    window.close()
    assert complaints == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: beside the documents only where that is asked for."""
    return PICTURES if environ.get(KEEP_PICTURES) else tmp_path
