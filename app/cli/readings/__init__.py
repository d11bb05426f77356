"""Readings into files and out of them."""

from app.cli.readings.incoming import import_command
from app.cli.readings.outgoing import export_command

__all__ = ["export_command", "import_command"]
