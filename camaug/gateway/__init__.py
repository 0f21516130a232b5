"""The wire to other systems: the REST API, which puts together the operations that each part says in its `rest/`.

operation   one thing that a program can ask or do; its rights are those of the web
guard       what every call passes: who calls, how often, whether it is the same request again
answer      what was said to a write, kept for a day: the same key again gives the same answer and nothing happens twice
"""
