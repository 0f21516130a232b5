"""The embedded PostgreSQL server: started by the first command that needs it, gone after the last one.

Every command that uses the server holds a shared lock. A keeper process, apart from all commands, runs the server as
its child and stops it as soon as nobody holds that lock any more. The kernel drops a lock with its process, so that a
command that is killed leaves nothing behind; and the server dies with its keeper.

software     PostgreSQL's own programs
home         the folder of one server, and the account that it runs as
locks        locks on files, released by the kernel
keeper       the process that runs the server
server       `running`: what commands call
"""
