-- Transactions open for over a minute
-- Expect: none; each keeps dead rows from being cleaned up, and may hold locks.
SELECT
    pid,
    coalesce(nullif(application_name, ''), '(no name)') AS process,
    state,
    extract(epoch FROM clock_timestamp() - xact_start)::bigint AS open_seconds,
    concat_ws(': ', wait_event_type, wait_event) AS waits_for,
    cardinality(pg_blocking_pids(pid)) AS blocked_by
FROM pg_stat_activity
WHERE xact_start < clock_timestamp() - INTERVAL '1 minute'
AND backend_type = 'client backend'
AND pid <> pg_backend_pid()
ORDER BY xact_start
LIMIT 20;
