"""What an e-form does, from its one definition: web pages, the counter's form, checks, JSON schema, printed tờ khai.

answers       typed JSON answers: read them from a page, check them, know which are asked for
pages         walking through the pages, one question or one small group each
render        the same fields for templates: names, values, options, errors
summary       "check your answers" as labelled text
schema        the JSON schema that the API publishes
declaration   the printed declaration (tờ khai)
prefill       first values from the applicant's record
"""
