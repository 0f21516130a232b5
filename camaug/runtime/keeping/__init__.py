"""Keeping an installation: backups, and what a real one still lacks."""
