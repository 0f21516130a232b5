"""Working time: which hours are worked, and when a time limit ends.

limits     a time limit as the law words it: working hours, working days, calendar days, months; the 15:00 rule
calendars  the working hours, days off and swapped days of one agency or of the province
deadlines  original and current deadline, with every stop of the clock and its ground
profile    the shape of the province's `worktime.yaml`; `loading` brings it into the database
book       all calendars, remembered by each process until they change
queries    the calendar of an agency, the grounds of a stop, what is left of a limit in working time

Calendars and deadlines are pure: they know no database and read no clock. `docs/decisions/0005-how-time-is-counted.md`
says which rule rests on which article.
"""
