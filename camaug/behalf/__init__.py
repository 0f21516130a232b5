"""Acting for another: who may do what for whom, since when, until when, and how that was proved.

mandate  what a person lets a helper do for him: which procedures, which acts, until which day; asked for by the
         helper, confirmed by the person: by a code sent to him, in his own account, or before an officer
helper   a relative, a member of a hamlet's digital community team, or somebody else, with an account of his own
journal  all that was done under a mandate: events of the mandate, which the person reads
"""
