"""A version of a procedure while an administrator writes it: its content as plain values that may be incomplete.

places     where something stands in the content, and putting, adding, removing, moving it
entries    what a page asks for at a place: an `Entry` a value, a `Sheet` a page
sheets     every sheet: each fact of a definition stands on one of them (a test checks)
reading    what was typed, as values;   showing    values, as the controls show them
conditions a condition as rows of selects, and back
steps      adding, connecting and removing steps of the process
faults     what is missing or does not fit together, with the place where it is mended
words      a value as a lawyer would read it;   comparing, sentences   two versions, part by part
"""
