"""Alembic's entry: the connection comes from migrate.py, already in its transaction."""

from alembic import context

from conversation_models.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
