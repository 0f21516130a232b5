"""A witness: a process elsewhere that remembers the last head of a tree and signs a new one only if it grew out of it.

It speaks C2SP's tlog-witness. Whoever holds the database and even the sealing key cannot make it forget.
"""
