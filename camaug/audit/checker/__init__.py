"""For strangers: one file that needs nothing but Python, to check what CaMau-G handed out."""
