#!/usr/bin/env python
"""Gatewijzer's commands: `manage.py help` lists them."""

import os
import sys

from config.command_line import main

if __name__ == "__main__":
    main(sys.argv, os.environ)
