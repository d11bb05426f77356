-- The days' averages, made by a job from the noted days. Where the table is new, every day that
-- there is is noted; by now the triggers are there, so that none is missed.
DO $$
BEGIN
    IF to_regclass('glucose_daily_avg') IS NULL THEN
        CREATE TABLE glucose_daily_avg (
            patient_id uuid NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
            day timestamptz NOT NULL,
            avg_glucose double precision NOT NULL,
            min_glucose double precision NOT NULL,
            max_glucose double precision NOT NULL,
            reading_count bigint NOT NULL,
            PRIMARY KEY (patient_id, day)
        );
        INSERT INTO glucose_days_touched (patient_id, day, touched_at)
        SELECT DISTINCT patient_id, date_trunc('day', recorded_at, 'Asia/Kolkata'), now()
        FROM glucose_readings
        ON CONFLICT (patient_id, day) DO NOTHING;
    END IF;
END $$;
