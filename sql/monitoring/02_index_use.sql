-- Indexes that are used least
-- Expect: no index without a scan after a month; unique ones hold a rule and are not listed.
SELECT
    stat.relname AS "table",
    stat.indexrelname AS "index",
    stat.idx_scan AS scans,
    stat.idx_tup_read AS entries_read,
    stat.idx_tup_fetch AS rows_fetched,
    pg_relation_size(stat.indexrelid) AS bytes,
    CASE WHEN stat.idx_scan = 0 THEN 'never scanned' ELSE '' END AS remark
FROM pg_stat_user_indexes AS stat
JOIN pg_index ON pg_index.indexrelid = stat.indexrelid
WHERE NOT pg_index.indisunique
AND stat.schemaname = ANY (current_schemas(FALSE))
ORDER BY stat.idx_scan, bytes DESC, "index"
LIMIT 20;
