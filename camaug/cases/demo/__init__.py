"""A believable month of cases for the demo, made through the same actions that officers and citizens use.

citizens  who applies: invented people of the profile's places
contents  what they apply for: right answers of each procedure
stories   what becomes of a case, move by move, as a generator of instants
longer    stories of procedures that pass through several agencies; `ways` carries such a case by its own process
parcels   papers that are fetched by post
month     plays all stories in the order of time
"""
