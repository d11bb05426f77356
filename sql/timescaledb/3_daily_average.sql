-- The averages of days of one zone. Only what has been made is shown, as in the plain table, and
-- only of closed days: the policy's window ends at the last midnight that is an hour past. An index
-- on (patient_id, day) comes with it.
CREATE MATERIALIZED VIEW IF NOT EXISTS glucose_daily_avg
WITH (timescaledb.continuous, timescaledb.materialized_only = TRUE) AS
SELECT
    patient_id,
    time_bucket('1 day', recorded_at, 'Asia/Kolkata') AS day,
    avg(value) AS avg_glucose,
    min(value) AS min_glucose,
    max(value) AS max_glucose,
    count(*) AS reading_count
FROM glucose_readings
GROUP BY patient_id, time_bucket('1 day', recorded_at, 'Asia/Kolkata')
WITH NO DATA;

SELECT add_continuous_aggregate_policy(
    'glucose_daily_avg',
    start_offset => INTERVAL '1 month',
    end_offset => INTERVAL '1 hour',
    schedule_interval => INTERVAL '1 hour',
    if_not_exists => TRUE
);
