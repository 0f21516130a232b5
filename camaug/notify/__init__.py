"""Messages: what the province tells a person about a fact, in his language, wherever he can be reached.

notices    what may be told: each part declares its notices with the words that their texts may use
profile    the shape of the province's `messages.yaml`; `loading` brings the texts into the database
channels   in-app, e-mail, SMS; behind one interface, with a local gateway for tests and trials
queries    a person's messages, what became of each, the demonstration's tray

One fact gives one person one message; each channel then carries it on its own, again and again until it arrives or is
given up. An SMS holds no word that says who somebody is.
"""
