-- Pages found in memory
-- Expect: over 99 percent, once the service has run for a day.
SELECT
    "of",
    hits,
    reads,
    round(100.0 * hits / nullif(hits + reads, 0), 2) AS hit_percent,
    CASE
        WHEN hits + reads < 10000 THEN 'too few to tell'
        WHEN hits < 0.99 * (hits + reads) THEN 'BELOW 99: is shared_buffers too small?'
        ELSE 'as expected'
    END AS remark
FROM (
    SELECT
        'indexes' AS "of",
        coalesce(sum(idx_blks_hit), 0)::bigint AS hits,
        coalesce(sum(idx_blks_read), 0)::bigint AS reads
    FROM pg_statio_user_indexes
    UNION ALL
    SELECT
        'tables',
        coalesce(sum(heap_blks_hit), 0)::bigint,
        coalesce(sum(heap_blks_read), 0)::bigint
    FROM pg_statio_user_tables
) AS pages;
