"""Files from outside and files we print.

Sniffed: what the bytes really are, whatever the name says. Kept: stored once by content hash (a Blob), never changed.
Served: as an attachment, or shown in place only where the browser cannot run it.
"""
