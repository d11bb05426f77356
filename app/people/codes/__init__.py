"""One-time codes: a patient invites a caregiver, who proves with six digits that it is them."""
