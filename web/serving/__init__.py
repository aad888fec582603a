"""How requests come in: the connection, who may be worked on at once, and the WSGI application behind it."""
