"""A patient's caregivers: who they are, what each may do, and the end of it by either side."""
