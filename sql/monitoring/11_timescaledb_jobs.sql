-- TimescaleDB's jobs
-- Expect: the averages refreshed within two hours; no job failing.
-- Needs: timescaledb_information.job_stats
-- Without: TimescaleDB is not in this database.
SELECT
    jobs.job_id AS job,
    jobs.proc_name AS "procedure",
    jobs.hypertable_name AS "on",
    stats.last_run_status AS last_run,
    stats.total_failures AS failures,
    extract(
        epoch FROM clock_timestamp() - nullif(stats.last_successful_finish, '-infinity')
    )::bigint AS lag_seconds,
    CASE
        WHEN stats.last_run_status = 'Failed' THEN 'FAILS'
        WHEN nullif(stats.last_successful_finish, '-infinity') IS NULL THEN 'never ran'
        ELSE ''
    END AS remark
FROM timescaledb_information.jobs AS jobs
LEFT JOIN timescaledb_information.job_stats AS stats ON stats.job_id = jobs.job_id
WHERE jobs.job_id >= 1000
ORDER BY jobs.job_id;
