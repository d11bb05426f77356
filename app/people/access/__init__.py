"""The one door to a patient's data: who may see or change what, and a note of who did."""
