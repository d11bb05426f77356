"""The photo that came with a message: where the channel keeps it. Pure.

The address is put together anew from the message's own account and id; nothing of the form but the
photo's id goes into it, so that nobody can have us fetch from elsewhere.
"""

import regex

from app.messaging.message import InboundMessage

HOST = "https://api.twilio.com"
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
"""The photos that phones send (Twilio)."""
_MEDIA = regex.compile(r"/Media/(ME[0-9a-fA-F]{32})")
_ACCOUNT = regex.compile(r"AC[0-9a-fA-F]{32}")


def photo_url(message: InboundMessage) -> str | None:
    """Give the address of a message's first photo; None where it brought none."""
    account, kind = message.form.get("AccountSid", ""), message.form.get("MediaContentType0")
    found = _MEDIA.search(message.form.get("MediaUrl0", ""))
    if not message.media_count or kind not in KINDS or not found or not _ACCOUNT.fullmatch(account):
        return None
    return f"{HOST}/2010-04-01/Accounts/{account}/Messages/{message.sid}/Media/{found[1]}"
