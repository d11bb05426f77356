"""The commands without the web application, for those that need no settings."""

from app.cli import commands

if __name__ == "__main__":
    commands()
