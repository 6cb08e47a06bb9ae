"""Communication assistant for Oslo kommune: answers built from exact quotes."""
