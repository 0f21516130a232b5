"""Queues and appointments: who comes to an office when, who is called next, how long one waits.

hall          the waiting hall of one agency: its groups of services (one series letter each), its counters, its rules
appointment   a place in a half hour, booked by anybody; becomes a ticket with its own time at check-in
ticket        a number of the day, without gaps in its series; `lifecycle` has its states and moves
turns         in which order tickets are called, as a table; `slots` has the half hours of a working day
shift         an officer at a counter, from opening it to closing it
profile       the shape of the province's `queue.yaml`: priority groups, halls to begin with; `loading` brings it in

A ticket or an appointment is known by a code that cannot be guessed: whoever holds it may see and change it.
"""
