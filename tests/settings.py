"""The settings of the tests, and Twilio's side of a signed call."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from twilio.request_validator import RequestValidator

from app.config import Config, read

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token of the tests"
OURS = "+14155238886"
PUBLIC_URL = "https://procare.test"
INBOUND = "/whatsapp/inbound"
PATIENT = "+919999999998"


def settings(*, spool_dir: Path, **changed: str) -> Config:
    """Make settings that are complete, with some of them changed."""
    return read(
        {
            "PROCARE_ENV": "test",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "PUBLIC_URL": PUBLIC_URL,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_WHATSAPP_NUMBER": OURS,
            "SPOOL_DIR": str(spool_dir),
            **changed,
        }
    )


def new_sid() -> str:
    """Make a MessageSid as Twilio would."""
    return f"SM{uuid4().hex}"


def form(
    body: str, *, sender: str = PATIENT, sid: str | None = None, **fields: str
) -> dict[str, str]:
    """Make the form that Twilio posts for a typed message."""
    sid = sid or new_sid()
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:{sender}",
        "To": f"whatsapp:{OURS}",
        "WaId": sender.removeprefix("+"),
        "ProfileName": "A profile name",
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
        "MessageType": "text",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **fields,
    }


def signed(
    fields: dict[str, str], *, token: str = TOKEN, url: str = PUBLIC_URL + INBOUND
) -> dict[str, str]:
    """Give the headers with which Twilio signs a form."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, fields)}
