"""What a webhook answered, as Twilio reads it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

REFUSALS = {
    403: "The webhook refused the message (403): signature, account or number is not its own.",
    503: "The webhook cannot take messages now (503): neither database nor spool could keep it.",
}
NO_TWIML = "The webhook answered 200, but no TwiML: Twilio would show nothing."
STRANGE = "The webhook answered {status}: Twilio would show nothing."


@dataclass(frozen=True, slots=True)
class Reply:
    """One `<Message>` of an answer.

    Attributes:
        body: As the phone shows it.
        status_callback: The whole address that is told what becomes of it; None for nobody.
    """

    body: str
    status_callback: str | None = None


def read_answer(status: int, content: bytes, webhook: str) -> tuple[tuple[Reply, ...], str | None]:
    """Read what the phone shows of an answer.

    Args:
        status: HTTP's.
        content: The answer's body.
        webhook: The address that answered; a callback's may be told relative to it.

    Returns:
        The replies, in order; and a sentence that says why nothing can be shown, or None.
    """
    if status != HTTPStatus.OK:
        return (), REFUSALS.get(status, STRANGE.format(status=status))
    try:
        response = ET.fromstring(content)  # noqa: S314 - our own server wrote it
    except ET.ParseError:
        return (), NO_TWIML
    if response.tag != "Response":
        return (), NO_TWIML
    return tuple(_reply(message, webhook) for message in response.iter("Message")), None


def _reply(message: ET.Element, webhook: str) -> Reply:
    # `action` is the attribute's name today, `statusCallback` the older one; both are heeded.
    callback = message.get("action") or message.get("statusCallback")
    return Reply("".join(message.itertext()), urljoin(webhook, callback) if callback else None)
