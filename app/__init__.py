"""ProCare: a WhatsApp service for people with diabetes in India."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config

LARGEST_REQUEST = 64 * 1024
"""Bytes; Twilio's form of one message is some 2 KB."""


def create_app(config: Config | None = None) -> Flask:
    """Make the web application, with the operator's commands on it.

    Args:
        config: The process's settings from now on; those of the environment where none are given.

    Raises:
        ConfigError: Settings are missing or senseless, or a file they name is unfit.
    """
    from flask import Flask  # noqa: PLC0415 - `import app.parsing` shall not load the web

    from app import config as settings  # noqa: PLC0415
    from app.cli import add_commands  # noqa: PLC0415
    from app.delivery import templates  # noqa: PLC0415
    from app.web import health, media, status, whatsapp  # noqa: PLC0415
    from app.web.outage import Outage  # noqa: PLC0415

    web = Flask(__name__, static_folder=None)
    if config is not None:
        settings.use(config)
    web.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    templates.check(settings.config())
    for module in (whatsapp, status, media, health):
        web.register_blueprint(module.blueprint)
    web.extensions["outage"] = Outage()
    add_commands(web)
    if not settings.config().is_production:
        from app.simulator import page, pictures  # noqa: PLC0415
        from app.simulator.twilio import api, content_api, control  # noqa: PLC0415

        web.register_blueprint(page.blueprint)
        web.register_blueprint(pictures.blueprint)
        web.register_blueprint(api.blueprint)
        web.register_blueprint(content_api.blueprint)
        web.register_blueprint(control.blueprint)
    return web
