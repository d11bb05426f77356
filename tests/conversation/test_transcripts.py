"""Whole conversations, as people hold them.

`tests/transcripts/*.toml` are of one language or a mixture; `tests/transcripts/<flow>/` of all.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.conversation.load import flows
from app.conversation.turn import Codes, Event, Situation, Turn
from app.parsing.units import Unit
from app.people.cared_for.patient import CaredFor
from app.people.caring.caregiver import Caring
from app.people.codes.code import Offer, hashed
from app.people.doctors.doctor import CodedDoctor
from app.people.person import Role
from tests.conversation.spoken import (
    FOLDER,
    KINDS,
    in_language,
    languages,
    tables_of_languages,
    transcript,
)
from tests.conversation.world import (
    ADDRESS,
    BEGIN,
    NEWCOMER,
    PATIENT,
    after,
    reminded,
    said,
    situation,
    taken,
    with_message,
)
from tests.questions.pools import pool_answered

TRANSCRIPTS = sorted(FOLDER.glob("*.toml"))
SPOKEN = sorted(FOLDER.glob("*/*.toml"))
DOCTOR_ID = UUID(int=7)
KEY = b"a key"
WHO = {
    "newcomer": NEWCOMER,
    "patient": PATIENT,
    "caregiver": replace(NEWCOMER, role=Role.CAREGIVER),
}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path) -> None:
    hold(transcript(path), path.name)


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_conversation_goes_as_written_in_every_language(path: Path, spoken: str) -> None:
    where = f"{path.parent.name}/{path.name}"
    hold(in_language(transcript(path), spoken), where)


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_conversation_of_all_languages_leaves_none_out(path: Path) -> None:
    for table in tables_of_languages(transcript(path)):
        assert set(languages()) <= table.keys(), table


def test_every_flow_is_held_straight_with_a_mistake_and_interrupted() -> None:
    wholes = [transcript(path) for path in SPOKEN]
    held = {(flow, whole["kind"]) for whole in wholes for flow in whole["flows"]}
    assert {(flow, kind) for flow in flows().flows for kind in KINDS} <= held


def hold(whole: dict[str, Any], where: str) -> None:
    """Hold a conversation; of several ways to say the same, it goes on behind the first."""
    now = beginning(whole)
    for number, written in enumerate(whole["turns"], start=1):
        ways = written["says"] if isinstance(written["says"], list) else [written["says"]]
        for said_so in ways:
            sent = sending(now, {**written, "says": said_so}, whole.get("from", ADDRESS))
            compare(taken(sent), written, sent, f"{where}, turn {number}: {said_so!r}")
        sent = sending(now, {**written, "says": ways[0]}, whole.get("from", ADDRESS))
        now = after(sent, taken(sent), written.get("minutes", 3))


def beginning(whole: dict[str, Any]) -> Situation:
    person = WHO[whole.get("who", "patient")]
    person = replace(
        person, language=whole.get("language", "en"), unit=Unit(whole.get("unit", "mg/dL"))
    )
    begin = BEGIN
    if "begins" in whole:
        clock = whole["begins"]
        begin = BEGIN.replace(hour=clock.hour, minute=clock.minute)
    doctors = tuple(
        CodedDoctor(UUID(int=70 + n), name) for n, name in enumerate(whole.get("doctors", ()))
    )
    cares_for = tuple(
        CaredFor(UUID(int=80 + n), UUID(int=90 + n), name, "en", patient_is=is_what)
        for n, (name, is_what) in enumerate(whole.get("patients", {}).items())
    )
    person = replace(person, cares_for=cares_for)
    caring = tuple(
        Caring(UUID(int=100 + n), name, may_see=True)
        for n, name in enumerate(whole.get("caring", ()))
    )
    pools = tuple(
        pool_answered(one.doctor_id, one.name, whole.get("answered", {}), begin) for one in doctors
    )
    begun = replace(situation(person, now=begin), doctors=doctors, caring=caring, pools=pools)
    begun = replace(begun, codes=codes(whole.get("invited_by")))
    return reminded(begun, whole["reminded"]) if "reminded" in whole else begun


def codes(invited_by: str | None) -> Codes:
    """Give what codes go by; the code of the invitation, if there is one, is 123456."""
    offered = UUID(int=5)
    offer = Offer(offered, invited_by or "", hashed(KEY, offered, "123456"))
    return Codes(KEY, "+919800000000", "+919812300000", (offer,) if invited_by else ())


def sending(now: Situation, written: dict[str, Any], address: str = ADDRESS) -> Situation:
    sent = with_message(now, written["says"], address=address, media_count=written.get("media", 0))
    if "doctor" in written:
        doctor = CodedDoctor(DOCTOR_ID, written["doctor"], written.get("connected", False))
        sent = replace(sent, coded_doctor=doctor)
    if "sent_minutes_ago" in written:
        at: datetime = now.now - timedelta(minutes=written["sent_minutes_ago"])
        sent = replace(sent, message=replace(sent.message, received_at=at))
    return sent


def compare(turn: Turn, written: dict[str, Any], sent: Situation, where: str) -> None:
    words = said(turn, sent.person.language)
    told = f"{where}\nsaid:\n{words}\nevents: {turn.events}"
    assert [
        as_written(event, expected) for event, expected in zip_events(turn, written)
    ] == written.get("events", []), told
    position = 0
    for phrase in written.get("said", []):
        assert phrase in words[position:], f"{told}\nnot said here: {phrase!r}"
        position = words.index(phrase, position) + len(phrase)
    for phrase in written.get("not_said", []):
        assert phrase not in words, f"{told}\nsaid: {phrase!r}"
    place = turn.node.place
    waits = f"{place.flow}.{place.step}" if place else ""
    assert waits == written.get("waits", ""), told
    assert turn.is_emergency == written.get("emergency", False), told


def zip_events(turn: Turn, written: dict[str, Any]) -> list[tuple[Event, dict[str, Any]]]:
    expected = written.get("events", [])
    return [(e, expected[n] if n < len(expected) else {}) for n, e in enumerate(turn.events)]


def as_written(event: Event, expected: dict[str, Any]) -> dict[str, Any]:
    """Give an event with as much of it as the transcript names."""
    named = {key: plain(getattr(event, key)) for key in expected if key != "kind"}
    return {"kind": type(event).__name__, **named}


def plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, datetime):
        return value.isoformat()[:16]
    return str(value) if value is not None and not isinstance(value, int) else value
