"""Content blocks -> PDF for printing: A4, PDF/A-2u, every name shown."""
