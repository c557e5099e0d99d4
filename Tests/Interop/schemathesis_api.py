"""schemathesis over the whole OpenAPI document: examples and coverage of every parameter.

No 5xx, no status, type or body that the document does not tell, nothing wrong accepted. That a value
of the right type may still be refused (a cursor of somebody else, lon without lat) no schema can say,
so `positive_data_acceptance` is left out.

Usage: schemathesis_api.py URL
"""

import os
import re
import subprocess
import sys
import tempfile

from checks import Checks

checks = Checks()
tool = os.path.join(os.path.dirname(sys.executable), "schemathesis")
with tempfile.TemporaryDirectory() as folder:
    done = subprocess.run(
        [tool, "run", f"{sys.argv[1]}/api", "--phases", "examples,coverage", "--no-color",
         "--checks", "all", "--exclude-checks", "positive_data_acceptance",
         "--max-examples", "30", "--seed", "1", "--max-time", "240",
         "--continue-on-failure"],
        capture_output=True, text=True, timeout=400, cwd=folder)
tested = re.search(r"Tested: (\d+)", done.stdout)
cases = re.search(r"(\d+) generated", done.stdout)
print(f"  {tested[1] if tested else 0} operations, {cases[1] if cases else 0} cases")
checks.that("every operation was tested", tested and int(tested[1]) > 30, done.stdout[-800:])
# Each failure is a paragraph that begins with its number. That a limit above the largest is none, but
# taken as the largest, is what Features Part 1 asks (/req/core/fc-limit-definition).
failures = [text for text in re.split(r"^\d+\. Test Case ID", done.stdout, flags=re.M)[1:]
            if "parameter `limit` in query - limit: Value greater than maximum" not in text]
checks.that("no failure", not failures and done.returncode in (0, 1), "\n".join(failures)[:1400])
checks.end()
