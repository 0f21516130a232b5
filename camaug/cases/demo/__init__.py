"""A believable month of cases for the demo, made through the same actions that officers and citizens use.

citizens  who applies: invented people of the profile's places
contents  what they apply for: right answers of each procedure
stories   what becomes of a case, move by move, as a generator of instants
month     plays all stories in the order of time
"""
