"""Officers' reports as pages and files show them.

choice    what is asked for, read from the address and written into it: every report is a link that can be kept
span      its days: a month, quarter, year, or free ones
names     the names of agencies, fields and procedures as of these days
table     the lines with their numbers, each number the address of its cases
files     the same as rows of a file
"""
