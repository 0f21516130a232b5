"""Cases by the million for measuring and for trials: each a true copy of one that the actions themselves have made.

patterns  plays the demo's stories through the real actions, keeps the rows that they wrote, undoes everything
slots     finds in those rows what is a case's own: ids, codes, people, agencies, officers, instants
crowd     the invented citizens, each computed from a number
seats     who does the pattern's work at another agency
plan      when and where the copies stand; whole weeks apart, where the calendars agree
forms     makes forms of patterns: templates with those slots
stamp     writes copies of forms as lines for COPY, and knows no database
stamping  the lines of a whole load, for a great one in a process of its own
setaside  takes indexes and references away for a great load and puts them back in the same transaction
loading   all of it, portion by portion
checking  replays cases against lifecycle, calendar and counters
"""
