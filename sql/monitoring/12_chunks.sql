-- Chunks
-- Expect: those over five weeks old compressed, but for the policy's next daily run.
-- Needs: timescaledb_information.chunks
-- Without: TimescaleDB is not in this database.
SELECT
    hypertable_name AS hypertable,
    count(*) AS chunks,
    count(*) FILTER (WHERE is_compressed) AS compressed,
    date_trunc('second', min(range_start)) AS oldest,
    date_trunc('second', max(range_end)) AS newest,
    count(*) FILTER (
        WHERE NOT is_compressed AND range_end < clock_timestamp() - INTERVAL '32 days'
    ) AS overdue
FROM timescaledb_information.chunks
WHERE hypertable_schema = ANY (current_schemas(FALSE))
GROUP BY hypertable_name
ORDER BY hypertable_name;
