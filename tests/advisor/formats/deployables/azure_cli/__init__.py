"""The commands of the scripts for az, read by the parser of azure-cli itself: `make azure-cli-parser`."""
