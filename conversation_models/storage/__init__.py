"""Engine, encryption and queries. One transaction a unit; SQLite and PostgreSQL alike."""
