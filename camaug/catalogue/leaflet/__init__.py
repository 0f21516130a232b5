"""What a procedure says to people: the definition in plain words, in the reader's language. Pure: no database, no HTTP.

leaflet  the whole, as the procedure page and its printed sheet show it
money    what it costs, with worked examples
papers   what to bring, and when
times    how long it takes, with the 15:00 rule
sources  where each fact was read, and how sure it is
words    the single words
"""
