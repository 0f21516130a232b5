"""What `make check` runs: each check is a command, all are run, and the failed ones are named at the end."""
