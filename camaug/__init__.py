"""CaMau-G: the digital-government system of a Vietnamese province."""
