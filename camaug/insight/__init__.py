"""The province's figures for everybody: how many cases, how many on time, by agency and field; how people found it.

period    a month, quarter or year, as the address names it
line      one row of a table with its figures and the place to drill to
small     what is grouped because it could point at a person
lines     the rows of every table, from the parts that keep the figures
chart     bars and columns as shares of their scale
sheet     a table as the page and the CSV file both show it

It holds no figure of its own: each part keeps its own, and says how it counts (cases.queries.counting).
"""
