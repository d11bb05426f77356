"""A caregiver's or a doctor's day in one message."""
