"""Questions about the sealed history."""

from camaug.audit.queries.erasures import Erasure as Erasure
from camaug.audit.queries.erasures import erasures as erasures
from camaug.audit.queries.heads import HeadView as HeadView
from camaug.audit.queries.heads import head_of as head_of
from camaug.audit.queries.heads import head_to_print as head_to_print
from camaug.audit.queries.heads import last_witnessed as last_witnessed
from camaug.audit.queries.heads import latest_heads as latest_heads
from camaug.audit.queries.heads import public_keys as public_keys
from camaug.audit.queries.heads import published as published
from camaug.audit.queries.proofs import Sealing as Sealing
from camaug.audit.queries.proofs import proof_of as proof_of
from camaug.audit.queries.proofs import sealing_of as sealing_of
from camaug.audit.queries.tail import Tail as Tail
from camaug.audit.queries.tail import tail as tail
