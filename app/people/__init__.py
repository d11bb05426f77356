"""Users, patients, caregivers, doctors and their consent."""
