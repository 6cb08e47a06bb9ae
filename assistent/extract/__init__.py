"""The answer without a chat model: the documents' own sentences, chosen and put in order.

Nothing is rephrased. Every line of the answer is a statement (sentence, list item, signature) of
a document, and its source is the exact place it stands in. Each statement of the hits is scored
by :mod:`assistent.evidence`: its own cosine, its passage's score, how many of the question's
weighty words it covers, and whether it holds the kind of thing that was asked for. Then

    choosing     the best ones are chosen, repetitions dropped
    antecedents  a sentence that points back brings the one it points to
    whole_lists  a question for a list gets the whole list
    lines        the best section comes first, the best sentence first in it; lists get lead-ins
    assembly     neighbours in the text become one source
"""

from assistent.extract.antecedents import antecedent
from assistent.extract.assembly import Extract, as_line, write_extract
from assistent.extract.choosing import MAX_LINES
from assistent.extract.whole_lists import MAX_LIST_LINES

__all__ = ["MAX_LINES", "MAX_LIST_LINES", "Extract", "antecedent", "as_line", "write_extract"]
