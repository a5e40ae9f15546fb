#!/usr/bin/env python
"""Runs Django's and our commands; starts the embedded servers that a command needs."""

import sys

from config.manage import default_settings, main

if __name__ == "__main__":
    default_settings()
    main(sys.argv)
