"""Real systems of other makers that let people in by us: Apache, a Node program, an Authlib program, Dovecot."""
