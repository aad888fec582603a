"""The connection types and deployment models that entries are about and advice chooses from, once."""

from __future__ import annotations

CONNECTION_TYPES = ("site-to-site", "multi-site", "point-to-site", "vnet-to-vnet", "expressroute", "vnet-peering")
"""The codes of the connection types, in the order in which pages and advice list them."""

DEPLOYMENT_MODELS = ("resource-manager", "classic")
"""The codes of Azure's deployment models, today's first."""
