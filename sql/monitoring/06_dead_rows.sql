-- Dead rows
-- Expect: under 20 percent of a table's rows; above, autovacuum does not keep up.
SELECT
    relname AS "table",
    n_live_tup AS live_rows,
    n_dead_tup AS dead_rows,
    date_trunc('second', greatest(last_autovacuum, last_vacuum)) AS last_vacuumed,
    date_trunc('second', greatest(last_autoanalyze, last_analyze)) AS last_analyzed,
    CASE
        WHEN n_dead_tup > 10000 AND n_dead_tup > 0.2 * (n_live_tup + n_dead_tup)
            THEN 'AUTOVACUUM IS LATE'
        ELSE ''
    END AS remark
FROM pg_stat_user_tables
WHERE n_dead_tup > 0
ORDER BY n_dead_tup DESC, relname
LIMIT 10;
