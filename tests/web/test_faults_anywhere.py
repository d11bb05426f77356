"""A fault of ours in any package silences no emergency: it is answered, kept, and handled later.

Faults are put in by force, here and nowhere else: each stands for a bug that nobody has found yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic
from typing import Never

import prometheus_client
import pytest
import regex
from flask.testing import FlaskClient

from app import clock, i18n
from app.config import Config
from app.conversation.jobs import retry_unhandled
from app.web import spool
from app.web.replayer import replay_if_possible
from tests.settings import form
from tests.web.calls import messages, post, rows, run_sql

WEBHOOK_S = 4.0
SUGAR, CALL = regex.compile(r"\b15\b"), regex.compile(r"\b112\b")
"""What every low's instructions hold in every language, and every danger sign's."""
DANGERS = (
    ("en", "sugar 45", "Latin", SUGAR),
    ("en", "chest pain", "Latin", CALL),
    ("en", "chest pain, show my report of the week", "Latin", CALL),
    ("hi", "हाथ पैर कांप रहे हैं शुगर 46", "Devanagari", SUGAR),
    ("ta", "சுகர் 47 கை நடுங்குது", "Tamil", SUGAR),
    ("ta", "நெஞ்சு வலி", "Tamil", CALL),
    ("bn", "সুগার ৪৮ হাত কাঁপছে", "Bengali", SUGAR),
    ("bn", "বুকে ব্যথা", "Bengali", CALL),
)
SPEAKS = "UPDATE users SET language = '{}' WHERE role = 'PATIENT'"
LOWS = (45.0, 46.0, 47.0, 48.0)
FAULTS = (
    "app.people.store.address_seen",
    "app.people.store.lock_sender",
    "app.people.store.circle_from",
    "app.people.doctors.store.connected_from",
    "app.people.doctors.store.coded_doctor_from",
    "app.glucose.store.facts_from",
    "app.glucose.store.apply",
    "app.meals.store.facts_from",
    "app.medications.known.store.facts_from",
    "app.emergency.store.facts_from",
    "app.emergency.store.alerted_from",
    "app.emergency.store.apply",
    "app.conversation.recording.handle.alerts",
    "app.conversation.handle.record_turn",
    "app.conversation.handle.take_turn",
    "app.conversation.handle.flows",
    "app.conversation.store.node_from",
    "app.messaging.store.kept_from",
    "app.messaging.store.keep_handled",
    "app.messaging.outbox.store.queue",
    "app.conversation.handle.wake_delivery",
    "app.queue.redis",
    "app.queue.Queue",
    "app.web.whatsapp.callback_url",
)


class FoundByNobodyError(Exception):
    """A bug."""


def broken(*_: object, **__: object) -> Never:
    raise FoundByNobodyError


@contextmanager
def fault(place: str) -> Iterator[None]:
    """Let a function fail whenever it is called, for a while; it has to be called."""
    calls = count()

    def fail(*_: object, **__: object) -> Never:
        next(calls)
        raise FoundByNobodyError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, fail)
        yield
    assert next(calls), f"{place} was never called"


def say_in(service: FlaskClient, language: str, body: str, database: str) -> str:
    """Write as a person of a language; give what is answered, within the webhook's time."""
    run_sql(database, SPEAKS.format(language))
    began = monotonic()
    answer = post(service, form(body))
    assert monotonic() - began < WEBHOOK_S
    assert answer.status_code == 200
    return "\n".join(messages(answer.text))


def is_said_in(script: str, said: str) -> bool:
    """Tell whether most of the words are written in a script."""
    letters = regex.findall(r"\p{L}", said)
    return len(regex.findall(rf"\p{{{script}}}", "".join(letters))) > len(letters) / 2


def recover(settings: Config, database: str) -> None:
    """Do what the web and the clock do when the fault is gone and half a minute is over."""
    spool.put_back(settings.spool_dir)
    replay_if_possible(settings.spool_dir)
    run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '1 minute'")
    retry_unhandled(clock.now())


def all_is_handled(settings: Config) -> None:
    kept = rows("SELECT count(*), count(handled_at) FROM inbound_messages")
    assert kept == [(len(DANGERS), len(DANGERS))]
    assert spool.count(settings.spool_dir) == 0
    assert rows("SELECT value FROM glucose_readings ORDER BY value") == [(each,) for each in LOWS]
    assert not (settings.spool_dir / "rejected.jsonl").exists()
    assert rows("SELECT count(*) > 0 FROM outbound_messages WHERE purpose = 'EMERGENCY_ALERT'") == [
        (True,)
    ]


@pytest.mark.parametrize("place", FAULTS)
def test_an_emergency_is_answered_kept_and_handled_when_the_fault_is_gone(
    place: str, service: FlaskClient, settings: Config, database: str
) -> None:
    with fault(place):
        for language, body, script, needed in DANGERS:
            said = say_in(service, language, body, database)
            assert needed.search(said), (body, said)
            assert is_said_in(script, said), (body, said)
        replay_if_possible(settings.spool_dir)  # what the web tries again while it is broken
    recover(settings, database)
    all_is_handled(settings)


@pytest.mark.parametrize(
    ("place", "meets"),
    [
        ("app.conversation.handle.past", "report"),
        ("app.conversation.store.keep_node", "add medicine"),
    ],
)
def test_what_an_emergency_does_not_need_it_never_meets(
    place: str, meets: str, service: FlaskClient, settings: Config, database: str
) -> None:
    with fault(place):
        for language, body, script, needed in DANGERS:
            said = say_in(service, language, body, database)
            assert needed.search(said)
            assert is_said_in(script, said)
        all_is_handled(settings)
        assert "went wrong on our side" in say_in(service, "en", meets, database)


@pytest.mark.parametrize("language", ["hi", "ta", "bn"])
def test_a_broken_catalog_leaves_the_instructions_in_english(
    language: str, service: FlaskClient, settings: Config, database: str
) -> None:
    sentences = dict(i18n._sentences())  # noqa: SLF001 - what is broken is the language itself
    sentences[language] = i18n.Sentences(BrokenForms(), broken)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.i18n._sentences", lambda: sentences)
        for spoken, body, script, needed in DANGERS:
            said = say_in(service, spoken, body, database)
            assert needed.search(said), (body, said)
            assert is_said_in("Latin" if spoken == language else script, said), (body, said)
    recover(settings, database)
    all_is_handled(settings)


class BrokenForms(dict[str, tuple[str, ...]]):
    """Sentences that cannot be looked up."""

    get = broken


def test_counting_that_fails_costs_nothing(
    service: FlaskClient, settings: Config, database: str
) -> None:
    """As when the folder of the counts is on a full disk."""
    with pytest.MonkeyPatch.context() as patch:
        for kind, act in (
            (prometheus_client.Counter, "inc"),
            (prometheus_client.Histogram, "observe"),
            (prometheus_client.Gauge, "set"),
            (prometheus_client.Counter, "labels"),
        ):
            patch.setattr(kind, act, broken)
        for language, body, script, needed in DANGERS:
            said = say_in(service, language, body, database)
            assert needed.search(said)
            assert is_said_in(script, said)
    all_is_handled(settings)


@pytest.mark.parametrize(
    "place", ["app.web.spool._append", "app.web.spool._flush_folder", "app.web.spool.keep"]
)
def test_two_faults_at_once_leave_the_instructions(
    place: str, service: FlaskClient, database: str
) -> None:
    with fault("app.people.store.address_seen"), fault(place):
        for language, body, script, needed in DANGERS:
            said = say_in(service, language, body, database)
            assert needed.search(said)
            assert is_said_in(script, said)
        assert post(service, form("fasting 126")).status_code == 503
