"""A deployment as files that an engineer reviews and runs, one module for each format. Pure: no Django."""

from __future__ import annotations

from advisor.core.deployment_refusals import check_az, check_bicep, check_nothing, check_site
from advisor.formats.deployables import az, bicep, bicepparam, device, swanctl, terraform
from advisor.formats.deployables.header import Format, Header

__all__ = ["FORMATS", "Format", "Header"]

FORMATS: tuple[Format, ...] = (
    Format("bicep", "main.bicep", bicep.write, check_bicep),
    Format("bicepparam", "main.bicepparam", bicepparam.write, check_bicep),
    Format("terraform", "main.tf", terraform.write, check_nothing),
    Format("az", "deploy.sh", az.write, check_az),
    Format("swanctl", "swanctl.conf", swanctl.write, check_site),
    Format("device", "device.md", device.write, check_site),
)
"""In the order in which they are offered."""
