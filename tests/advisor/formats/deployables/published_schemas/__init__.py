"""What Azure and the azurerm provider publish about their resources: names of properties, their kinds, their values.

The data stand in the JSON files of this folder, each with the package and version that it was made from. To make them
again, install the packages into a folder of their own and name that folder, once for each version:

    python -m venv /tmp/published
    /tmp/published/bin/pip install azure-mgmt-network
    /tmp/published/bin/pip install --no-deps cdktn-provider-azurerm
    .venv/bin/python -m tests.advisor.formats.deployables.published_schemas /tmp/published/lib/python3.11/site-packages

The packages are read as source and never imported.
"""
