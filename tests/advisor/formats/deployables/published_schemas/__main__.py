"""Make the data of the published schemas out of the packages in a folder: see the package's docstring."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.advisor.formats.deployables.published_schemas.azurerm import azurerm_schema
from tests.advisor.formats.deployables.published_schemas.network import network_schema
from tests.advisor.formats.deployables.published_schemas.schema import FOLDER


def main(site_packages: Path) -> int:
    """Write the files that the packages in the folder give. Returns the exit status: 1 where none is there."""
    written = [*network_schema(site_packages), *azurerm_schema(site_packages)]
    for name, data in written:
        text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
