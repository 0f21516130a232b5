"""How late a case is, what is said about it, and to whom.

rules       when one is reminded and how far up it goes: the profile's `reminders.yaml`, dated
findings    what is due soon or late at an instant: pure
events      a deadline that moved, a report upwards
addressees  whose turn it is, with stand-ins, and which heads stand above
"""
