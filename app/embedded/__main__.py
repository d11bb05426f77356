"""`python -m app.embedded run`."""

import argparse
import sys

from app.embedded.run import run

parser = argparse.ArgumentParser(prog="python -m app.embedded")
parser.add_argument("what", choices=["run"])
parser.parse_args()
sys.exit(run())
