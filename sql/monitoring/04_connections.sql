-- Connections
-- Expect: all together under 80 of 100; none idle in transaction for long.
SELECT
    coalesce(nullif(application_name, ''), '(no name)') AS process,
    coalesce(state, 'unknown') AS state,
    CASE WHEN state = 'active' THEN coalesce(wait_event_type, '') ELSE '' END AS waits_for,
    count(*) AS connections,
    sum(count(*)) OVER ()::bigint AS all_together,
    current_setting('max_connections')::integer AS most,
    CASE
        WHEN sum(count(*)) OVER () > 0.8 * current_setting('max_connections')::integer
            THEN 'OVER 80 PERCENT OF ALL'
        ELSE ''
    END AS remark
FROM pg_stat_activity
WHERE datname IS NOT NULL AND backend_type = 'client backend'
GROUP BY 1, 2, 3
ORDER BY connections DESC, process, state;
