"""Who gets in where: everybody x everything, compared with one small table; and words that must not turn up anywhere."""
