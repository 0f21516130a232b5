"""What leaves for other systems: rows are claimed, tried and settled; small clients and counterparts speak JSON.

row       one thing that is to be brought somewhere, with its state, its tries and when it is tried next
try       one attempt, with no transaction open; its answer says what became of it
lease     for how long a claimed row is left alone: who dies in between leaves it to the next
"""
