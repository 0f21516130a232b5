"""History that can be proved: events sealed into a Merkle tree whose signed heads leave the house.

As in certificate transparency (RFC 6962), in the formats of C2SP: tlog-tiles, tlog-checkpoint, tlog-witness.
"""
