"""How often each client asked for something: the port, and the counter that this installation uses."""

from web.counters.quota import Count, Quota
from web.counters.shared import count, forget, why_not

__all__ = ["Count", "Quota", "count", "forget", "why_not"]
