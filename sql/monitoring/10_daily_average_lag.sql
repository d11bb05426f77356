-- Daily averages still to be made
-- Expect: none waiting for over two hours; the clock makes them each hour, of days closed for an hour.
-- Needs: glucose_days_touched
-- Without: here TimescaleDB keeps the averages, see its jobs below.
SELECT
    count(*) AS days_waiting,
    date_trunc('second', min(day)) AS oldest_day,
    coalesce(extract(epoch FROM clock_timestamp() - min(waits_since)), 0)::bigint AS lag_seconds,
    CASE
        WHEN clock_timestamp() - min(waits_since) > INTERVAL '2 hours'
            THEN 'LATE: does the clock run?'
        ELSE ''
    END AS remark
FROM (
    SELECT day, greatest(touched_at, day + INTERVAL '25 hours') AS waits_since
    FROM glucose_days_touched
    WHERE day <= clock_timestamp() - INTERVAL '25 hours'
) AS closed;
