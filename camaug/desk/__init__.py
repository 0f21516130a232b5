"""The officer's workplace: what belongs to no single part.

The frame's home page, the inbox over everything an officer has to do, the search over everything an officer may see. A
case's own pages live with the case.
"""
