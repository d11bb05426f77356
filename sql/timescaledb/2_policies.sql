-- Chunks are compressed a month after their week, a patient's readings together, and dropped after
-- five years. The whole primary key is in the segments or their order.
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM timescaledb_information.hypertables
        WHERE hypertable_name = 'glucose_readings' AND compression_enabled
    ) THEN
        ALTER TABLE glucose_readings SET (
            timescaledb.compress,
            timescaledb.compress_segmentby = 'patient_id',
            timescaledb.compress_orderby = 'recorded_at DESC, id'
        );
    END IF;
END $$;

SELECT add_compression_policy('glucose_readings', INTERVAL '30 days', if_not_exists => TRUE);

SELECT add_retention_policy('glucose_readings', INTERVAL '5 years', if_not_exists => TRUE);
