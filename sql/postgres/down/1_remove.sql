-- Everything that the files beside this folder make; the readings stay.
DROP TRIGGER IF EXISTS glucose_readings_inserted ON glucose_readings;
DROP TRIGGER IF EXISTS glucose_readings_updated ON glucose_readings;
DROP TRIGGER IF EXISTS glucose_readings_deleted ON glucose_readings;
DROP FUNCTION IF EXISTS glucose_note_days();
DROP FUNCTION IF EXISTS glucose_note_changed_days();
DROP TABLE IF EXISTS glucose_days_touched;
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_class WHERE oid = to_regclass('glucose_daily_avg') AND relkind = 'r'
    ) THEN
        DROP TABLE glucose_daily_avg;
    END IF;
END $$;
