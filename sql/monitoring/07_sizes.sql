-- Sizes
-- Expect: free disk of twice the whole; a hypertable's chunks are counted further down.
SELECT
    '(the whole database)' AS "table",
    NULL::bigint AS about_rows,
    pg_database_size(current_database()) AS bytes,
    pg_size_pretty(pg_database_size(current_database())) AS size
UNION ALL
(
    SELECT
        relname,
        greatest(reltuples, 0)::bigint,
        pg_total_relation_size(oid),
        pg_size_pretty(pg_total_relation_size(oid))
    FROM pg_class
    WHERE relkind = 'r' AND relnamespace = ANY (current_schemas(FALSE)::regnamespace[])
    ORDER BY pg_total_relation_size(oid) DESC, relname
    LIMIT 10
);
