"""How often each client asked for something: the port, and the counter that this installation uses."""

from web.counters.local import count, forget, why_not
from web.counters.quota import Count, Quota

__all__ = ["Count", "Quota", "count", "forget", "why_not"]
