"""Allows ``python -m assistent.cli``."""

from assistent.cli import main

raise SystemExit(main())
