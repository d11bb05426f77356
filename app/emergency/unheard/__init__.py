"""Alerts that reached nobody: others are told instead, and the patient is told whom we missed."""
