"""The citizen's site: what belongs to no single part.

The home page, the search as one types, the ways to a procedure by field, life event and agency. Applying
and following live with the case.
"""
