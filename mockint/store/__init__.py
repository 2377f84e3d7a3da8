"""SQLite, its migrations, and recordings on disk."""
