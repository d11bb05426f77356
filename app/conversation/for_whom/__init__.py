"""Whose record the turn of a caregiver is about: the patient locked, the door opened."""
