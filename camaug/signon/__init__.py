"""One sign-in for every system: an OpenID Connect provider for the systems of the province and of others.

system        other people's software that lets people in by asking us who they are: a registered client
sign-on       an account's entering of a system, in one session here; its id is the `sid` that the system is told
authorization what a sign-on was granted at one time: the code, and the tokens that came of it, which die together
consent       what a person has allowed a system of others to know; systems of the province need none
logout notice a message to a system that a sign-on of it has ended
"""
