"""Requests for the same answer in plainer or fewer words: «kan du si det enklere?»."""

from __future__ import annotations

import re

from assistent.words import normalise

_EDGES = " .,!?…:;-–\"'«»()"
# What is longer asks for more.
_LONGEST = 100
_PLAINER = (
    r"(?:(?:mye |litt |enda |ennå |mykje |enno |en gang |much |a bit |even )?"
    r"(?:enklere|enklare|enklar|lettere|lettare|lettar|kortere|kortare|kortar|tydeligere|tydelegare"
    r"|klarere|klarare|mindre komplisert|mer forståelig|meir forståeleg|simpler|shorter|easier"
    r"|clearer|more simply|more briefly|plainer))"
)
_IN_PLAIN_WORDS = (
    r"(?:(?:på|med|i|in|with|using) (?:en |ein |a |vanlig |vanleg |helt |heilt )*"
    r"(?:enklere|enklare|enkle|enkel|enkelt|lett|lettere|lettare|andre|korte|få|færre|lettfattelige|"
    r"vanlig|vanleg|klart|godt|simple|simpler|plain|plainer|everyday|other|fewer|easy|easier|short)"
    r" (?:ord|måte|norsk|språk|setninger|setningar|utgave|utgåve|words|terms|language|english|way"
    r"|sentences)|på klarspråk|i klarspråk|i klartekst|kort fortalt|på en lett måte|simply|briefly)"
)
_IT = (
    r"(?:(?:det|dette|den|da|d|svaret|it|that|this|the answer)"
    r"(?: (?:der|her|igjen|om igjen|en gang til|again|for meg|til meg|for me|to me))?)"
)
_SAY = (
    r"(?:si|seie|sei|forklare|forklar|forklara|skrive|skriv|gjøre|gjør|gjere|gjer|lage|formulere"
    r"|omformulere|uttrykke|få|ta|put|say|explain|make|rephrase|write|phrase)"
)
_SHORTEN = (
    r"(?:korte (?:det |dette |ned |av |svaret )*(?:ned|inn|av)?|kort (?:det |svaret )?ned"
    r"|oppsummere?|summere? opp|forenkle?|forenkla|sammenfatte?|samanfatte?"
    r"|summari[sz]e|sum (?:it|that) up|shorten|simplify)"
)
_CAN_YOU = (
    r"(?:(?:kan|kunne|vil|kunna|can|could|would|will) (?:du|dere|de|you|jeg|eg|æ|vi|i) ?"
    r"(?:please |vær så snill å |også |få |ha )?)?"
)
_AS_TO_A_CHILD = (
    r"(?:som (?:om |til )?(?:(?:jeg |eg |æ |en |et |ei |ein |du snakker |du snakkar )"
    r"(?:\w+ ){0,4}\w+)|for (?:en |et |ein |eit |dummies)(?:\w+ ?){0,3}"
    r"|(?:så|slik at|so|so that) (?:\w+ ){1,5}(?:skjønner|skjønar|skjønne|skjønn|forstår|fatter|"
    r"understands?|gets?|can understand)(?: det| it| that)?"
    r"|like (?:i'?m|i am|to) (?:\w+ ){0,4}\w+|to a (?:\w+ ?){1,3})"
)
_SHORTLY = r"(?:kort(?: og (?:enkelt|greit))?|enkelt(?: og greit)?|briefly|simply)"
_LOST = (
    r"(?:(?:jeg|eg|æ|e|jæ|i)(?: bare| berre| still| just)? )?"
    r"(?:skjønner|skjønar|skjønna|skjønne|skjønn|skjønte|forstår|forsto|fatter|fattar|begriper"
    r"|henger|heng|understand|get|follow)"
    r" (?:ikke|ikkje|itj|itte|ittj|ingenting|null|ingenting av|not|nothing)"
    r"(?: (?:helt|heilt|noe|noko|en dritt|av|med|engang|quite|svaret|det|dette|da"
    r"|hva (?:du mener|det betyr|dette betyr|som står)|kva (?:du meiner|det tyder|det betyr)"
    r"|det du (?:sier|skriver)|det svaret|it|that|this|the answer|what you mean))*"
    r"|i (?:don'?t|do not|didn'?t|can'?t) (?:quite |really )?(?:understand|get|follow)"
    r"(?: (?:it|that|this|the answer|what you mean|any of (?:it|that|this)))?"
)
_MEANING = (
    r"hva mener du(?: med (?:det|dette))?|kva meiner du(?: med (?:det|dette))?"
    r"|ka meine du(?: med det)?|(?:hva|kva|ka) (?:betyr|tyder|vil) (?:det|dette)(?: si| seie)?"
    r"(?: på (?:vanlig |godt )?norsk)?|what do you mean(?: by that)?"
    r"|what does (?:that|this|it) mean"
)
_TOO_HARD = (
    r"(?:(?:det|dette|svaret|den|it|that|this)(?: (?:var|er|blir|ble|e|va|vart|was|is))? )?"
    r"(?:(?:altfor|alt for|for|litt|veldig|too|very) )?(?:vanskelig|vanskeleg|vrient"
    r"|komplisert|langt|tungt|mye|mykje|innviklet|long|complicated|difficult|hard|much)"
    r"(?: (?:svar|tekst|text))?"
    r"|tl;?dr|eli5|kortversjonen|kortversjon|det korte av det lange|hæ|hm|hva|kva|ka"
)
_GIVE = (
    r"(?:(?:gi|gje|get|gjev|få|give|kan jeg få|kan eg få|can i (?:get|have)|jeg vil ha) )?"
    r"(?:(?:meg|oss|me|us) )?(?:bare |just )?(?:en|ei|ein|et|eit|a|an|the|den)? ?"
    r"(?:(?:enklere|enklare|kortere|kortare|kort|lettere|lettare|enkel|simpler|shorter|short|brief"
    r"|plain|easy) (?:versjon(?:en)?|forklaring(?:a|en)?|utgave|utgåve|svar|oppsummering"
    r"|version|explanation|answer|summary)|oppsummering|kortversjonen?|summary)"
)
_POLITE = (
    r"(?:,? ?(?:takk|please|er du snill|vær så snill|ver så snill|da|då|for meg|til meg|for me"
    r"|to me|en gang til|igjen|again|om igjen|litt|nå|no))*"
)
_START = r"(?:(?:ok|okei|ja|nei|hm+|men|og|så|æsj|uff|beklager|sorry|og|but|and|please),? )*"
_ONE = (
    rf"(?:"
    rf"(?:{_CAN_YOU}{_SAY}(?: meg| me)?(?: {_IT})? )?(?:{_PLAINER}|{_IN_PLAIN_WORDS})"
    rf"(?: (?:og|and) {_PLAINER})?"
    rf"|{_CAN_YOU}{_SAY}(?: {_IT})?(?: {_PLAINER}| {_IN_PLAIN_WORDS}| {_SHORTLY})?,?"
    rf" {_AS_TO_A_CHILD}"
    rf"|{_CAN_YOU}{_SAY} {_IT} {_SHORTLY}"
    rf"|{_CAN_YOU}{_SHORTEN}(?: {_IT})?"
    rf"|{_CAN_YOU}(?:forklare?|forklara|explain)(?: {_IT})?"
    rf"|{_LOST}|{_MEANING}|{_TOO_HARD}|{_GIVE}"
    rf"){_POLITE}"
)
# «Skjønte ikke, si det enklere»: two in a row, with whatever stands between them.
_REQUEST = re.compile(rf"{_START}{_ONE}(?:[ ,.!–-]+{_START}{_ONE})?")

# What such a request is made of in other orders («ta det en gang til, men kortere»): one of the
# first words, and otherwise nothing but the others.
_WISHED = re.compile(
    r"(?:enkl|kortere|kortare|kortar|lettere|lettare|lettar|tydeligere|tydelegare|klarere|klarare"
    r"|forståelig|forståeleg|simpl|short|plain|brief|easier|clearer)\w*"
)
_BESIDE = frozenset(
    """
    kan kunne vil du dere de me det dette den da då svaret en ei ein et eit gang gong til igjen om
    men og så bare berre litt mye mykje enda ennå ta si seie sei forklare forklar forklara skrive
    skriv gjøre gjør gi gje få formulere omformulere prøv prøve ok okei takk er snill vær jeg eg æ
    meg skjønner skjønar skjønte skjønne forstår forsto fatter ikke ikkje itj helt noe nei ja hm
    versjon utgave forklaring svar måte på med ord norsk for can could you it that this the again
    but and please just say put explain me i don't didn't understand get a an way answer version
    """.split()
)


def asks_simpler(question: str) -> bool:
    """Whether a cleaned question asks for the answer before it in plainer or fewer words.

    A question that names anything else is none: «hvordan skriver vi enklere?».
    """
    plain = normalise(question).strip(_EDGES)
    if len(plain) > _LONGEST:
        return False
    return _REQUEST.fullmatch(plain) is not None or _is_made_of_request(plain)


def _is_made_of_request(plain: str) -> bool:
    words = [word.strip(_EDGES) for word in plain.split()]
    others = [word for word in words if word and not _WISHED.fullmatch(word)]
    return len(others) < len(words) and all(word in _BESIDE for word in others)
