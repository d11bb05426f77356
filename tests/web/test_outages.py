"""Whatever fails on the way, an emergency is answered, and nothing is lost or kept twice.

Each test really stops, freezes or breaks the server it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
import regex
from flask.testing import FlaskClient

from app import clock, create_app, db
from app.cli.demo import seed
from app.config import Config, use
from app.conversation.handle import warm_up
from app.embedded import Postgres
from app.schedule import tick
from app.web.replayer import replay_if_possible
from tests.settings import form
from tests.settings import settings as make_settings
from tests.web.calls import EVENTS, READINGS, messages, post, rows, run_sql, say

WEBHOOK_S = 4.0
"""How long the whole turn may take, whatever happens."""


@pytest.fixture
def fragile(disposable_postgres: Postgres, tmp_path: Path) -> Iterator[Config]:
    """Settings on a PostgreSQL of this test's own, and no Redis at all."""
    warm_up()
    made = make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=disposable_postgres.url)
    use(made)
    with db.transaction() as connection:
        seed(connection)
    yield made
    db.engine().dispose()


@pytest.fixture
def fragile_service(fragile: Config) -> FlaskClient:
    service = create_app(fragile).test_client()
    say(service, "thanks")  # connections are open before anything breaks
    return service


def timed_say(service: FlaskClient, body: str) -> str:
    started = monotonic()
    said = say(service, body)
    assert monotonic() - started < WEBHOOK_S
    return said


def replayed(settings: Config) -> int:
    """Replay as the web process does each second, until the server takes it."""
    for _ in range(50):
        if count := replay_if_possible(settings.spool_dir):
            return count
        sleep(0.2)
    pytest.fail("the spool was not replayed")


def test_with_postgresql_stopped_a_low_is_answered_and_recorded_once_later(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.stop()
    said = timed_say(fragile_service, "sugar 45")
    assert "15" in said
    disposable_postgres.start()
    assert replayed(fragile) == 1
    assert rows(READINGS) == [(45.0,)]
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]
    assert replay_if_possible(fragile.spool_dir) == 0


def test_with_postgresql_frozen_a_low_is_answered_and_recorded_once_later(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.pause()
    try:
        said = timed_say(fragile_service, "sugar 45")
        again = timed_say(fragile_service, "fasting 126")
    finally:
        disposable_postgres.resume()
    assert "15" in said
    assert "112" in again
    assert replayed(fragile) == 2
    assert rows(READINGS) == [(45.0,), (126.0,)]


def test_frozen_threads_do_not_pile_up(
    fragile_service: FlaskClient, disposable_postgres: Postgres
) -> None:
    disposable_postgres.pause()
    try:
        started = monotonic()
        with ThreadPoolExecutor(4) as pool:
            said = list(pool.map(lambda _: say(fragile_service, "sugar 45"), range(40)))
        assert monotonic() - started < 3 * WEBHOOK_S  # 40 s and more, if each one waited
    finally:
        disposable_postgres.resume()
    assert all("15" in one for one in said)


def test_postgresql_killed_and_started_again_costs_no_message(
    fragile_service: FlaskClient, disposable_postgres: Postgres
) -> None:
    disposable_postgres.kill()
    disposable_postgres.start()
    assert "126" in timed_say(fragile_service, "fasting 126")
    assert rows(READINGS) == [(126.0,)]


def test_a_connection_lost_in_the_middle_of_the_turn_is_tried_again_at_once(
    service: FlaskClient, database: str
) -> None:
    break_once(database, "BEFORE INSERT ON glucose_readings FOR EACH ROW")
    assert "126" in timed_say(service, "fasting 126")
    assert rows(READINGS) == [(126.0,)]


def test_a_connection_lost_at_commit_keeps_the_message_once(
    service: FlaskClient, database: str
) -> None:
    break_once(
        database,
        "AFTER INSERT ON glucose_readings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
        kind="CONSTRAINT TRIGGER",
    )
    assert "126" in timed_say(service, "fasting 126")
    assert rows(READINGS) == [(126.0,)]
    assert rows("SELECT count(*) FROM inbound_messages") == [(1,)]


def break_once(database: str, when: str, kind: str = "TRIGGER") -> None:
    """Let the server cut the first connection that does something."""
    run_sql(
        database,
        "CREATE SEQUENCE breaks",
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF nextval('breaks') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;"
        " RETURN NEW; END $$",
        f"CREATE {kind} cut {when} EXECUTE FUNCTION cut()",
    )


def test_a_lock_that_is_not_given_back_sends_the_message_to_the_spool(
    service: FlaskClient, settings: Config, database: str
) -> None:
    plain = database.replace("+psycopg", "")
    with psycopg.connect(plain) as holder:
        holder.execute("SELECT 1 FROM users FOR UPDATE")
        assert "15" in timed_say(service, "sugar 45")
    assert rows(READINGS) == []
    assert replayed(settings) == 1
    assert rows(READINGS) == [(45.0,)]


def test_one_persons_lock_sends_nobody_elses_message_to_the_spool(
    service: FlaskClient, database: str
) -> None:
    with psycopg.connect(database.replace("+psycopg", "")) as holder:
        holder.execute("SELECT 1 FROM users WHERE phone_number = '+919999999998' FOR UPDATE")
        say(service, "fasting 126")
        say(service, "hello", sender="+919812345678")
        assert rows("SELECT address FROM inbound_messages") == [("whatsapp:+919812345678",)]


def refuse_readings(database: str) -> None:
    run_sql(database, "ALTER TABLE glucose_readings ADD CONSTRAINT no CHECK (false) NOT VALID")


def test_a_fault_leaves_the_message_kept_and_an_emergency_answered(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    assert "15" in timed_say(service, "sugar 45")
    assert "112" in say(service, "fasting 126")
    kept = rows("SELECT body, handled_at, attempts, error FROM inbound_messages ORDER BY kept_at")
    assert [row[:3] for row in kept] == [("sugar 45", None, 1), ("fasting 126", None, 1)]
    assert all("IntegrityError" in str(row[3]) for row in kept)
    assert not any("126" in str(row[3]).split(" at ")[0] for row in kept)


def test_a_repeat_after_a_fault_gets_the_same_answer(service: FlaskClient, database: str) -> None:
    refuse_readings(database)
    fields = form("sugar 45")
    assert post(service, fields).text == post(service, fields).text
    assert rows("SELECT attempts FROM inbound_messages") == [(1,)]


def test_a_message_set_aside_is_tried_again_three_times_and_then_left(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    say(service, "fasting 126")
    for _ in range(5):
        later(database)
        tick(clock.now())
    assert rows("SELECT attempts, handled_at FROM inbound_messages") == [(3, None)]
    (told,) = rows("SELECT purpose, texts::text FROM outbound_messages")
    assert told[0] == "LATE_ANSWER"
    assert "I could not keep your message" in str(told[1])


def test_who_was_told_that_a_message_is_set_aside_is_answered_when_it_is_taken_up_again(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    say(service, "fasting 126")
    for _ in range(2):
        later(database)
        tick(clock.now())
    run_sql(
        database,
        "ALTER TABLE glucose_readings DROP CONSTRAINT no",
        "UPDATE inbound_messages SET attempts = 0",
    )
    later(database)
    tick(clock.now())
    assert rows(READINGS) == [(126.0,)]
    keys = {
        str(row[0]).split(":")[0] for row in rows("SELECT idempotency_key FROM outbound_messages")
    }
    assert keys == {"set_aside", "late"}


def test_a_message_set_aside_is_recorded_when_the_fault_is_gone(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    say(service, "fasting 126")
    run_sql(database, "ALTER TABLE glucose_readings DROP CONSTRAINT no")
    later(database)
    tick(clock.now())
    tick(clock.now())
    assert rows(READINGS) == [(126.0,)]
    assert rows("SELECT handled_at IS NOT NULL, error FROM inbound_messages") == [(True, None)]


TOLD = "SELECT purpose, priority, texts::text FROM outbound_messages"


def later(database: str) -> None:
    run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '1 minute'")


def test_without_redis_everything_is_recorded_and_answered(
    fragile_service: FlaskClient,
) -> None:
    assert "15" in timed_say(fragile_service, "sugar 48")
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]


def test_with_the_database_away_and_the_spool_unwritable_only_an_emergency_is_answered(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.stop()
    fragile.spool_dir.rmdir() if fragile.spool_dir.exists() else None
    fragile.spool_dir.write_text("a file where the folder should be")
    assert "15" in timed_say(fragile_service, "sugar 45")
    assert post(fragile_service, form("fasting 126")).status_code == 503


def test_with_the_disk_full_an_emergency_is_answered(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.stop()
    fragile.spool_dir.mkdir()
    (fragile.spool_dir / "spool.jsonl").symlink_to("/dev/full")
    assert "15" in timed_say(fragile_service, "sugar 45")
    assert post(fragile_service, form("fasting 126")).status_code == 503


@pytest.mark.parametrize("is_disk_full", [False, True])
def test_with_the_database_away_an_emergency_is_answered_in_its_own_language(
    fragile_service: FlaskClient,
    fragile: Config,
    disposable_postgres: Postgres,
    *,
    is_disk_full: bool,
) -> None:
    disposable_postgres.stop()
    if is_disk_full:
        fragile.spool_dir.mkdir()
        (fragile.spool_dir / "spool.jsonl").symlink_to("/dev/full")
    for body, script in (
        ("हाथ पैर कांप रहे हैं शुगर 45", "Devanagari"),
        ("சுகர் 45 கை நடுங்குது", "Tamil"),
        ("সুগার ৪৫ হাত কাঁপছে", "Bengali"),
    ):
        said = timed_say(fragile_service, body)
        assert "15" in said
        letters = "".join(regex.findall(r"\p{L}", said))
        assert len(regex.findall(rf"\p{{{script}}}", letters)) > len(letters) / 2


def test_an_emergency_that_a_fault_set_aside_is_tried_for_hours(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    say(service, "sugar 45")
    for _ in range(5):
        run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '10 minutes'")
        tick(clock.now())
    assert rows("SELECT attempts, handled_at FROM inbound_messages") == [(6, None)]
    (told,) = rows(TOLD)
    assert told[:2] == ("EMERGENCY_ANSWER", 0)
    assert "keep trying" in str(told[2])
    assert "112" in str(told[2])
    run_sql(
        database,
        "ALTER TABLE glucose_readings DROP CONSTRAINT no",
        "UPDATE inbound_messages SET kept_at = kept_at - interval '1 hour'",
    )
    tick(clock.now())
    assert rows(READINGS) == [(45.0,)]
    assert rows(EVENTS) == [("HYPOGLYCEMIA", "P1", "ACTIVE")]


def test_the_sender_of_an_emergency_hears_that_it_could_not_be_kept_when_it_is_tried_no_more(
    service: FlaskClient, database: str
) -> None:
    refuse_readings(database)
    say(service, "sugar 45")
    run_sql(database, "UPDATE inbound_messages SET attempts = 11")
    for _ in range(4):
        run_sql(database, "UPDATE inbound_messages SET kept_at = kept_at - interval '2 days'")
        tick(clock.now())
    assert rows("SELECT attempts, handled_at FROM inbound_messages") == [(13, None)]
    (told,) = rows(TOLD)
    assert told[:2] == ("EMERGENCY_ANSWER", 0)
    assert "I could not keep your message" in str(told[2])


def test_what_was_spooled_is_replayed_late_and_moves_no_flow(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.stop()
    say(fragile_service, "sugar 126")
    disposable_postgres.start()
    replayed(fragile)
    assert rows(READINGS) == [(126.0,)]
    assert rows("SELECT source::text FROM inbound_messages WHERE body = 'sugar 126'") == [
        ("SPOOL",)
    ]
    assert rows("SELECT node FROM conversations") == []


def test_a_repeat_of_a_spooled_message_is_kept_once(
    fragile_service: FlaskClient, fragile: Config, disposable_postgres: Postgres
) -> None:
    disposable_postgres.stop()
    fields = form("sugar 45")
    assert messages(post(fragile_service, fields).text) == messages(
        post(fragile_service, fields).text
    )
    disposable_postgres.start()
    assert replayed(fragile) == 2
    assert "15" in post(fragile_service, fields).text
    assert rows(READINGS) == [(45.0,)]
