-- Which days of which patients have changed since their average was made.
CREATE TABLE IF NOT EXISTS glucose_days_touched (
    patient_id uuid NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    day timestamptz NOT NULL,
    touched_at timestamptz NOT NULL,
    PRIMARY KEY (patient_id, day)
);

CREATE INDEX IF NOT EXISTS ix_glucose_days_touched_day ON glucose_days_touched (day);

-- A note that is there is written again, not left alone: the lock on it keeps the job, which would
-- not yet see the reading, from taking the note away. The order keeps two writers from waiting for
-- each other. A patient who is being deleted needs no notes.
CREATE OR REPLACE FUNCTION glucose_note_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO glucose_days_touched (patient_id, day, touched_at)
    SELECT DISTINCT patient_id, date_trunc('day', recorded_at, 'Asia/Kolkata'), now()
    FROM changed
    WHERE EXISTS (SELECT FROM patients WHERE patients.id = changed.patient_id)
    ORDER BY 1, 2
    ON CONFLICT (patient_id, day) DO UPDATE SET touched_at = excluded.touched_at;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION glucose_note_changed_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO glucose_days_touched (patient_id, day, touched_at)
    SELECT DISTINCT patient_id, date_trunc('day', recorded_at, 'Asia/Kolkata'), now()
    FROM (
        SELECT patient_id, recorded_at FROM was UNION SELECT patient_id, recorded_at FROM changed
    ) AS either
    ORDER BY 1, 2
    ON CONFLICT (patient_id, day) DO UPDATE SET touched_at = excluded.touched_at;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER glucose_readings_inserted
AFTER INSERT ON glucose_readings
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION glucose_note_days();

CREATE OR REPLACE TRIGGER glucose_readings_updated
AFTER UPDATE ON glucose_readings
REFERENCING OLD TABLE AS was NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION glucose_note_changed_days();

-- What is dropped for its age leaves its day's average as it is.
CREATE OR REPLACE TRIGGER glucose_readings_deleted
AFTER DELETE ON glucose_readings
REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT
WHEN (current_setting('procare.retention', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION glucose_note_days();
