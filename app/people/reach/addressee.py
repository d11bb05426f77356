"""Who a message is for, as far as sending it needs to know. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WINDOW = timedelta(hours=24)
"""WhatsApp takes free text for so long after a person's last message."""
MARGIN = timedelta(minutes=1)
"""Twilio's clock and its queue are not ours (house)."""
SPARED_FOR = timedelta(days=7)
"""So long nothing but what is urgent is tried on a person who was not reached (house)."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person to be written to, and the zone of the patient it is about.

    Attributes:
        address: The one they wrote from last, else the one their number makes; None for neither.
        last_inbound_at: When they last wrote; None for never.
        stopped_at: When they asked for no more messages of our own accord; None if never.
        unreachable_since: When WhatsApp last refused to reach them; None if never.
        zone: IANA name, the patient's where the message is about one.
    """

    address: str | None
    last_inbound_at: datetime | None
    stopped_at: datetime | None
    unreachable_since: datetime | None
    zone: str

    def is_in_window(self, now: datetime) -> bool:
        """Tell whether free text reaches them."""
        return self.last_inbound_at is not None and now < self.last_inbound_at + WINDOW - MARGIN

    def is_unreachable(self, now: datetime) -> bool:
        """Tell whether WhatsApp refused to reach them lately, and they have not written since."""
        since = self.unreachable_since
        if since is None or now >= since + SPARED_FOR:
            return False
        return self.last_inbound_at is None or self.last_inbound_at <= since

    def local_day(self, now: datetime) -> date:
        """Give the day it is where the patient lives."""
        return now.astimezone(ZoneInfo(self.zone)).date()
