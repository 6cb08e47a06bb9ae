"""Communication assistant for Oslo kommune: answers built from exact quotes."""

import os

# Before numpy is loaded. The products of an answer are small: shared by two threads they take no
# less time and twice the processor (62 against 30 ms), because the second thread spins between.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
