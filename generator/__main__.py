"""`python -m generator` is `jishi`."""

from generator.cli import main

main(prog_name="jishi")
