"""Which channel this process speaks through."""

from __future__ import annotations

from functools import cache
from os import getpid

from app.channels.base import Channel
from app.channels.console import Console
from app.channels.whatsapp import WhatsApp
from app.config import Config


def channel(config: Config) -> Channel:
    """Give this process's channel: WhatsApp, or the screen in development without Twilio.

    It is made when first asked for, and never shared over a fork.
    """
    if config.is_production or config.twilio_api_url:
        return _whatsapp(
            getpid(),
            config.twilio_account_sid,
            config.twilio_auth_tokens[0],
            config.our_address,
            config.twilio_api_url,
        )
    return _console(getpid())


@cache
def _whatsapp(_process: int, account: str, token: str, ours: str, api_url: str | None) -> WhatsApp:
    return WhatsApp(account, token, ours, api_url)


@cache
def _console(_process: int) -> Console:
    return Console()
