#!/usr/bin/env python
"""Runs Django's and our commands; starts the embedded servers that a command needs."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from config.manage import main

    main(sys.argv)
