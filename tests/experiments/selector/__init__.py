"""An experiment that is not shipped: a trained reader that says whether a statement answers.

``python -m tests.experiments.selector`` trains it, ``python -m tests.experiments.selector.layers``
says what it adds to the assistant. See ``README.md`` here and
``docs/decisions/0008-no-trained-reader.md``.
"""
