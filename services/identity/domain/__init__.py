"""Rules of accounts, roles, passwords, sign-in attempts and sessions."""
