"""What patients write, as Twilio posts it: signed and encoded before any clock starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from urllib.parse import urlencode

from tests.settings import INBOUND, form, signed

PATIENTS = 1999
"""A prime: nobody writes the same thing each time it is their turn."""

MIX = {
    "en": (
        # Readings with their state: eight in twenty, as in the other languages.
        "fasting {value}",
        "after lunch {value}",
        "sugar {value} before dinner",
        "{value} after breakfast",
        "fasting sugar {value} today",
        "after lunch {value}, took metformin",
        "my sugar before lunch was {value}",
        "bedtime {value}",
        # Bare readings: five.
        "{value}",
        "sugar {value}",
        "my sugar is {value}",
        "{value} mg/dl",
        "glucose {value}",
        # Doses: four.
        "took metformin",
        "metformin 500 taken",
        "took my glimepiride",
        "insulin taken",
        # Greetings: two. A low: one.
        "good morning",
        "hello",
        "sugar {low}",
    ),
    "hi": (
        "fasting {value}",
        "khane ke baad sugar {value}",
        "khali pet {value}",
        "नाश्ते के बाद {value}",
        "dopahar ke khane ke baad {value}",
        "khane ke baad sugar {value}, metformin le li",
        "खाली पेट शुगर {value}",
        "raat ke khane se pehle {value} tha",
        "{value}",
        "sugar {value} hai",
        "शुगर {value}",
        "{value} mg/dl",
        "meri sugar {value}",
        "metformin le li",
        "मेटफॉर्मिन ले ली",
        "glimepiride kha li",
        "insulin le liya",
        "namaste",
        "नमस्ते",
        "sugar {low} hai",
    ),
}
LANGUAGES = tuple(MIX)


def phone_number(patient: int) -> str:
    """Give a patient's number."""
    return f"+9190000{patient:05d}"


def language(patient: int) -> str:
    """Give a patient's language."""
    return LANGUAGES[patient % len(LANGUAGES)]


def body(number: int) -> str:
    """Give the words of one of the messages, the first of which is 0."""
    mix = MIX[language(number % PATIENTS)]
    return mix[number % len(mix)].format(value=85 + number * 37 % 160, low=45 + number % 24)


_numbers = count()


def messages(size: int) -> Iterator[bytes]:
    """Go on with what patients write, so many messages; none is ever made twice."""
    for number in islice(_numbers, size):
        yield posted(INBOUND, body(number), phone_number(number % PATIENTS))


def posted(path: str, words: str, sender: str) -> bytes:
    """Write a message, in its 15 fields, as the HTTP request by which Twilio posts it."""
    fields = form(words, sender=sender, ReferralNumMedia="0")
    content = urlencode(fields).encode("ascii")
    headers = {
        "Host": "procare.test",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(content)),
        "Connection": "close",
        **signed(fields),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + content
