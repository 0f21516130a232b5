"""Accounts and sign-in. An account is apart from the person and from the post: it only says who is at the keyboard."""
