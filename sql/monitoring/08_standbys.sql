-- Standbys that follow this server
-- Expect: each streaming, under 1 s and 16 MB behind; one that is missing here has lost its way.
SELECT
    application_name AS standby,
    state,
    sync_state AS kind,
    pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint AS bytes_behind,
    round(coalesce(extract(epoch FROM replay_lag), 0), 3) AS seconds_behind,
    CASE WHEN state <> 'streaming' THEN 'DOES NOT STREAM' ELSE '' END AS remark
FROM pg_stat_replication
ORDER BY application_name;
