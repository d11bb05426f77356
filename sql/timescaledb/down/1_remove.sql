-- The aggregate and the policies; the readings stay, in their hypertable.
DROP MATERIALIZED VIEW IF EXISTS glucose_daily_avg;
SELECT remove_retention_policy('glucose_readings', if_exists => TRUE);
SELECT remove_compression_policy('glucose_readings', if_exists => TRUE);
