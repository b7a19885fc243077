"""What either database raises on its own. By itself, because a start on the embedded database need not read psycopg."""

import psycopg
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

DRIVER_ERRORS = (DBAPIError, sqlcipher.Error, psycopg.Error)
