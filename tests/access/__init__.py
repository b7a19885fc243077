"""Who gets in where: everybody x everything, compared with one table; and words that must turn up nowhere."""
