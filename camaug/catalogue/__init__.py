"""Administrative procedures as data: what the law lists of each, its e-form, its internal process.

Procedure         a procedure by its national code
ProcedureVersion  what held of it from a day until another; a case keeps the version of its reception
definition/       the types of a version's content, read from one YAML file a procedure
profile_files     reads the profile's YAML strictly; loading publishes what is new in it
faults, checking  what contradicts itself, and how much of it is sourced
diagram           draws the internal process from its data
queries           which version holds, what people search for, who receives and decides, fees, papers
forms/            what an e-form does: pages, checks, JSON schema, printed declaration
"""
