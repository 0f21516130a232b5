"""Measures as ratios: each bench compares what people get over HTTP with a floor taken in the same run.

catalogue  which benches there are, and how one is run
dataset    the database of a size: made once, kept under a hash of loader and schema, copied for those that write
site       the web server as `camaug up` starts it, over such a database
people     who asks: sessions of officers and of citizens
clients    requests over real sockets that stay open, from many clients at once
floors     what the database alone does, by pgbench
cpu        what processes have used
figures    medians and percentiles
The others are one bench each, with `run(size) -> Figures`.
"""
