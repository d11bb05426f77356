"""A patient's doctors, as the patient joins them: values, and the rows they come from."""
