-- Sizes of hypertables
-- Expect: no sudden growth; readings are dropped after five years.
-- Needs: hypertable_size(regclass)
-- Without: TimescaleDB is not in this database.
SELECT
    hypertable_name AS hypertable,
    num_chunks AS chunks,
    size.bytes,
    pg_size_pretty(size.bytes) AS size
FROM timescaledb_information.hypertables
CROSS JOIN LATERAL (
    SELECT
        hypertable_size(
            (quote_ident(hypertable_schema) || '.' || quote_ident(hypertable_name))::regclass
        ) AS bytes
) AS size
WHERE hypertable_schema = ANY (current_schemas(FALSE))
ORDER BY hypertable_name;
