# The commands of the house; `just` runs all checks.
default: test

# set up and read the example page
demo:
    scripts/demo

# set up and run every check
test *args:
    scripts/test {{args}}

# mend what can be mended by itself
fix:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# scores against the gold sets beside the project
bench *args:
    .venv/bin/trucewatch bench {{args}}
