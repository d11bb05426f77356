"""People for demonstrations and their history; they have no place in production."""

from app.cli.demo.people import DEMO_CAREGIVER, DEMO_DOCTOR, DEMO_PATIENT, seed

__all__ = ["DEMO_CAREGIVER", "DEMO_DOCTOR", "DEMO_PATIENT", "seed"]
