"""What makes one program of the parts: database, loading of a province, processes, command line.

Stands above everything and is imported by nothing.

instance     one installation: its folder DATA, its database, open for a command
postgres/    the embedded PostgreSQL server's short life
loading      profile and demo, step by step, each once
serving      web server and worker, side by side
cli          the `camaug` command
"""
