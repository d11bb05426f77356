-- What compression saves
-- Expect: less after than before.
-- Needs: hypertable_compression_stats(regclass)
-- Unless: hypertable_columnstore_stats(regclass)
-- Without: TimescaleDB with its community licence is not in this database.
SELECT
    hypertable_name AS hypertable,
    stats.total_chunks AS chunks,
    stats.number_compressed_chunks AS compressed,
    pg_size_pretty(stats.before_compression_total_bytes) AS size_before,
    pg_size_pretty(stats.after_compression_total_bytes) AS size_after
FROM timescaledb_information.hypertables
CROSS JOIN LATERAL hypertable_compression_stats(
    (quote_ident(hypertable_schema) || '.' || quote_ident(hypertable_name))::regclass
) AS stats
WHERE hypertable_schema = ANY (current_schemas(FALSE))
ORDER BY hypertable_name;
