"""PostgreSQL as this site uses it: Django's own backend, with the few things that a site on several servers needs."""
