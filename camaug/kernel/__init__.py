"""The floor: what every part stands on, with no word of the province's work in it.

actors       who acts, in which post
events       facts of the past: audit trail, timeline and outbox in one table
dispatch     hands committed events to subscribers, at least once, in order
lifecycle    states and moves as one table
permissions  a rule with the sentence that refuses
errors       refusals, each a sentence
files        content-addressed store of what people upload
text         folding and sorting of Vietnamese
paging       keyset pages
"""
