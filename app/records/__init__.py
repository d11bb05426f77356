"""Lab reports, prescriptions and other papers of a patient."""
