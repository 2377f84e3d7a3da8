"""Speech recognisers, behind one seam.

Some are run by ONNX Runtime. From 1.29 on it reports each run to its maker, and gives the computer a number of its own
for that, unless its environment says otherwise before it is loaded (its Privacy.md). Whatever loads it is in this
package, so that is said here. `tests/test_offline.py` sees that it holds.
"""

import os

for _name in ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"):  # the second is what the first was called for a while
    os.environ[_name] = "1"
