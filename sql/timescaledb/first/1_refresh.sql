-- Makes the averages of all closed days. Only for an empty aggregate, and outside a transaction:
-- done again later it would take away the averages of days whose readings were dropped.
CALL refresh_continuous_aggregate('glucose_daily_avg', NULL, now() - INTERVAL '1 hour');
