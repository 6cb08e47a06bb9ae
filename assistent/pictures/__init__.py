"""PDF pages as pictures, with boxes around quoted words.

:mod:`~assistent.pictures.drawing` asks a worker process for pictures and words,
:mod:`~assistent.pictures.placing` finds a quote of the stored text among the words.
"""
