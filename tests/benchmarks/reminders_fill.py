"""Patients of three doses a day, as many as wanted, with the days behind them and the one ahead."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, text

FIVE = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
"""05:00 in India on 20 November. From here on a thousandth of the patients has a dose each minute,
one thousandth after the other; a second dose is due at 22:00, a third at 23:00, for everybody."""
RUSH = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
"""22:00 in India: everybody's second dose."""
DAYS = 3
"""So many days of doses lie behind each patient; a tenth was missed."""
PEOPLE = """
CREATE TABLE bench_people AS
SELECT n, gen_random_uuid() AS user_id, gen_random_uuid() AS patient_id,
       gen_random_uuid() AS medicine_id,
       timestamptz '2026-11-19 23:30Z' + interval '1 minute' * (n % 1000) AS first_at
FROM generate_series(0, :patients - 1) AS n
"""
ROWS = (
    "INSERT INTO users (id, role, language) SELECT user_id, 'PATIENT', 'hi' FROM bench_people",
    (
        "INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at)"
        " SELECT 'whatsapp:+9198' || lpad(n::text, 8, '0'), user_id,"
        " timestamptz '2026-11-19 12:00Z' - interval '1 minute' * (n % 1440) FROM bench_people"
    ),
    "INSERT INTO patients (id, user_id) SELECT patient_id, user_id FROM bench_people",
    # their doses are made for a day and up to half a day more: each minute some run out
    (
        "INSERT INTO medications (id, patient_id, name, dosage, frequency, scheduled_times,"
        " start_date, made_until)"
        " SELECT medicine_id, patient_id, 'metformin', '500', 'THRICE_DAILY',"
        " ARRAY[to_char(first_at AT TIME ZONE 'Asia/Kolkata', 'HH24:MI'), '22:00', '23:00'],"
        " '2026-01-01Z', timestamptz '2026-11-20 23:30Z' + interval '1 minute' * (n % 720)"
        " FROM bench_people"
    ),
    (
        "INSERT INTO medication_logs (medication_id, patient_id, scheduled_time, remind_at, status,"
        " taken_at, logged_by) SELECT medicine_id, patient_id, at, at,"
        " (CASE WHEN at >= timestamptz '2026-11-19 23:30Z' THEN 'PENDING'"
        " WHEN hashint4(n + day * 7) % 10 = 0 THEN 'MISSED' ELSE 'TAKEN' END)::medication_status,"
        " CASE WHEN at < timestamptz '2026-11-19 23:30Z' AND hashint4(n + day * 7) % 10 <> 0"
        " THEN at END, user_id"
        " FROM bench_people, generate_series(-:days, 1) AS day, LATERAL (VALUES (first_at),"
        " (timestamptz '2026-11-20 16:30Z'), (timestamptz '2026-11-20 17:30Z')) AS dose (of_day),"
        " LATERAL (SELECT of_day + interval '1 day' * day AS at) AS moment"
        " WHERE at < timestamptz '2026-11-20 23:30Z' + interval '1 minute' * (n % 720)"
    ),
)


def fill(engine: Engine, patients: int) -> None:
    """Add the patients, and let PostgreSQL look at its tables as it does by itself later."""
    with engine.begin() as connection:
        connection.execute(text(PEOPLE), {"patients": patients})
        for statement in ROWS:
            connection.execute(text(statement), {"days": DAYS} if ":days" in statement else {})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
