"""Measures the assistant on question sets: ``assistent evaluer``.

question_sets   read and validate the sets
gold            where gold quotes stand, and whether they were shown
asking          put every question to the assistant → results
ranking         recall, MRR and nDCG (the only module that knows ir-measures)
measures        figures under weights, so that one function serves value and bootstrap
figures         which figures there are, with their intervals
runs            a run with everything in it, as JSON
comparison      two runs, paired question by question
charts, report  the same as SVG and as one HTML page
"""
