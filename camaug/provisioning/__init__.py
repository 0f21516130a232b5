"""Other systems read from here which agencies and officers' accounts there are (SCIM 2.0, RFC 7643 and 7644).

Nothing is kept here: an account is a User and an agency a Group as they stand at the instant of asking.

part     the agency, with all below it, that a system is told of; the whole province where its registration names none
telling  said of an event after which an account or an agency is another one to those who read it
"""
