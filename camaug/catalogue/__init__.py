"""Administrative procedures as data: what the law lists of each, its e-form, its internal process.

Procedure         a procedure by its national code
ProcedureVersion  what held of it from a day until another; a case keeps the version of its reception
definition/       the types of a version's content, read from one YAML file a procedure
forms/            what an e-form does: pages, checks, JSON schema, printed declaration
"""
