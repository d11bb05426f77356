"""Patients whom no reminder reaches, and who miss doses: their caregivers are told."""
