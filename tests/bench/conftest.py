"""The benchmark is no part of the site: its folder is put on the path for these tests alone."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent / ".make"))
