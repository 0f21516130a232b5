"""Who carries: what a carrier does for us, the one over HTTP, and a counterpart that plays it."""
