-- The archive of the write-ahead log
-- Expect: archived within the last minutes, and nothing failed since; without it no point-in-time recovery.
SELECT
    current_setting('archive_mode') AS archive_mode,
    archived_count AS archived,
    date_trunc('second', last_archived_time) AS last_archived,
    failed_count AS failed,
    date_trunc('second', last_failed_time) AS last_failed,
    CASE
        WHEN current_setting('archive_mode') = 'off' THEN 'NOT ARCHIVED'
        WHEN last_failed_time > coalesce(last_archived_time, '-infinity') THEN 'FAILS'
        ELSE ''
    END AS remark
FROM pg_stat_archiver;
