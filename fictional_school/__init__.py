"""A believable school that does not exist: for trying the product, for tests and for measurements."""
