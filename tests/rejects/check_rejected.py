#!/usr/bin/env python3
"""Fails unless a build breaks, and breaks for the reason that the case names. Arguments: the case, then the build's command.

The case holds a line `// Rejected: REGEX`; an error in that very file must match it. GCC and Clang word it differently.
"""

import os
import re
import subprocess
import sys
from pathlib import Path


def main() -> int:
    case, command = Path(sys.argv[1]), sys.argv[2:]
    expected = re.search(r"^// Rejected: (.+)$", case.read_text(encoding="utf-8"), re.M)
    if not expected:
        print(f"{case} does not say how it is rejected")
        return 1
    build = subprocess.run(command, env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, check=False)
    errors = re.findall(rf"{re.escape(case.name)}:\d+:\d+: error: (.*)", build.stdout + build.stderr)
    if build.returncode and any(re.search(expected[1], error) for error in errors):
        return 0
    print(build.stdout + build.stderr)
    print(f"{case} is not rejected as expected: no error matches '{expected[1]}'")
    return 1


if __name__ == "__main__":
    sys.exit(main())
