-- Readings in chunks of a week by their time. A table with rows is converted with them. The
-- tables' own indexes exist already.
SELECT create_hypertable(
    'glucose_readings',
    'recorded_at',
    chunk_time_interval => INTERVAL '7 days',
    create_default_indexes => FALSE,
    migrate_data => TRUE,
    if_not_exists => TRUE
);
