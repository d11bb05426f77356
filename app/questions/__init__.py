"""Patients' questions to their doctors, alike ones pooled."""
