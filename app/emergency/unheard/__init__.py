"""Alerts and questions of an emergency that reached nobody: who is told of that instead."""
