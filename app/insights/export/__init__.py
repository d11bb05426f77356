"""A copy of what is kept of a person, as a workbook."""
