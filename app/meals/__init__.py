"""What people eat."""
