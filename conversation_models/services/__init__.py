"""One module a use: prepare, conduct, rate, agree, follow up, share, look, purge."""
