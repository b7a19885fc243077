"""One instrument as one accessible HTML form."""
