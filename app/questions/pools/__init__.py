"""The pools of questions as they are read, each doctor's with who asked what."""
