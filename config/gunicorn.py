"""How gunicorn serves the site: a few threads a worker, short queues, and workers renewed now and then."""

worker_class = "gthread"
threads = 4
timeout = 20
graceful_timeout = 20
keepalive = 5
max_requests = 50_000  # a new worker takes more than a second: under load 5,000 is one every few seconds
max_requests_jitter = 5_000
backlog = 128
control_socket_disable = True
limit_request_line = 8190  # a changed number carries two designs of 2,000 characters in its address

# Neither SCRIPT_NAME nor PATH_INFO comes from a header: some proxies hand on what a client writes there.
forwarder_headers = ""
