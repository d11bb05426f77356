"""The trigger that keeps the old and the new column in step for the time of the change."""

KEEP_IN_STEP = (
    """
    CREATE FUNCTION patients_hba1c_goal_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.hba1c_goal := coalesce(NEW.hba1c_goal, NEW.target_hba1c);
            NEW.target_hba1c := NEW.hba1c_goal;
        ELSIF NEW.hba1c_goal IS DISTINCT FROM OLD.hba1c_goal THEN
            NEW.target_hba1c := NEW.hba1c_goal;
        ELSE
            NEW.hba1c_goal := NEW.target_hba1c;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER patients_hba1c_goal_in_step BEFORE INSERT OR UPDATE ON patients
    FOR EACH ROW EXECUTE FUNCTION patients_hba1c_goal_in_step()
    """,
)
LET_GO = (
    "DROP TRIGGER patients_hba1c_goal_in_step ON patients",
    "DROP FUNCTION patients_hba1c_goal_in_step()",
)
