"""What WhatsApp is asked to approve: texts with places and buttons, in Twilio's Content API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from app.channels.http import PooledHttp
from app.errors import DeliveryError

CATEGORY = "UTILITY"
"""WhatsApp's word for what a person asked to be told of."""
PAGE = 500
APPROVED, UNSUBMITTED = "approved", "unsubmitted"
"""Twilio's words for how far a content is with WhatsApp, those that matter here."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a tap answers; `id` may hold places as the body does, `title` is shown."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Content:
    """A text in one language as WhatsApp is to approve it.

    Attributes:
        topic: What it is for; lower-case letters, digits and underscores.
        body: With `{{1}}` as places.
        samples: What could stand in the places, in order.
        buttons: At most three; none for a text that is not answered by a tap.
    """

    topic: str
    language: str
    body: str
    samples: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()

    @property
    def name(self) -> str:
        """Its name at Twilio and WhatsApp: another one as soon as anything in it is."""
        whole = dumps([self.types, self.samples], sort_keys=True, ensure_ascii=False)
        return f"{self.topic}_{self.language}_{sha256(whole.encode()).hexdigest()[:8]}"

    @property
    def types(self) -> dict[str, Any]:
        """Its content type, as Twilio's API names and writes it."""
        if not self.buttons:
            return {"twilio/text": {"body": self.body}}
        actions = [
            {"type": "QUICK_REPLY", "title": each.title, "id": each.id} for each in self.buttons
        ]
        return {"twilio/quick-reply": {"body": self.body, "actions": actions}}


@dataclass(frozen=True, slots=True)
class Registered:
    """A content that Twilio keeps.

    Attributes:
        name: As `Content.name`, where it is one of ours.
        status: WhatsApp's answer, in Twilio's word.
        reason: Why it was rejected; empty otherwise.
    """

    sid: str
    name: str
    status: str
    reason: str = ""


class Contents:
    """The contents of an account."""

    def __init__(self, account: str, token: str, api_url: str | None = None) -> None:
        self._content = Client(account, token, http_client=PooledHttp(1, api_url)).content.v1

    def registered(self) -> list[Registered]:
        """List what Twilio keeps, with WhatsApp's answers.

        Raises:
            DeliveryError: Twilio does not say.
        """
        with _faults_told():
            return [
                _read(one) for one in self._content.content_and_approvals.stream(page_size=PAGE)
            ]

    def create(self, content: Content) -> Registered:
        """Have Twilio keep a content.

        Raises:
            DeliveryError: It was refused, or nobody knows.
        """
        asked = ContentList.ContentCreateRequest(
            {
                "friendly_name": content.name,
                "language": content.language,
                "variables": {str(n): sample for n, sample in enumerate(content.samples, 1)},
                "types": content.types,
            }
        )
        with _faults_told():
            made = self._content.contents.create(asked)
        return Registered(str(made.sid), content.name, UNSUBMITTED)

    def submit(self, registered: Registered) -> Registered:
        """Ask WhatsApp to approve a content, so that it may be said outside the window.

        Raises:
            DeliveryError: It was refused, or nobody knows.
        """
        asked = ApprovalCreateList.ContentApprovalRequest(
            {"name": registered.name, "category": CATEGORY}
        )
        with _faults_told():
            answer = self._content.contents(registered.sid).approval_create.create(asked)
        return Registered(
            registered.sid, registered.name, str(answer.status), answer.rejection_reason or ""
        )


def _read(one: Any) -> Registered:
    answer = one.approval_requests or {}
    return Registered(
        sid=one.sid,
        name=one.friendly_name or "",
        status=answer.get("status") or UNSUBMITTED,
        reason=answer.get("rejection_reason") or "",
    )


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except TwilioException as fault:
        code = getattr(fault, "code", None) or "REFUSED"  # a list says no more
        raise DeliveryError(str(code), permanent=True) from fault
    except requests.RequestException as fault:
        raise DeliveryError(type(fault).__name__, uncertain=True) from fault
