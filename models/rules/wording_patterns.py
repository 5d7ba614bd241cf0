"""How each rule of the blame-aware reading finds its words.

{words} in a pattern are explained in wording_vocabulary.py. A pattern that has one sees people as
tags; one that has none sees the words as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.wording_vocabulary import BAD_EFFECT, MISTAKE, NOUN_OF_A_COUNT, PROCEDURE


@dataclass(frozen=True)
class Search:
    """`words`, with | between: without one of these in the sentence, in small letters, nothing
    can be found, and the patterns are not tried."""

    words: str
    patterns: tuple[str, ...]


SEARCHES: dict[str, Search] = {
    "human-error": Search(
        words="err|mistake|finger|fail|pebkac|slip|oversight",
        patterns=(
            r"\b(?:human|operator|user|pilot|manual|engineer|developer|admin|administrator"
            r"|personal|personnel|employee|staff)(?: |-)(?:errors?|mistakes?|slip-?ups?)\b"
            + NOUN_OF_A_COUNT,
            r"\bhuman (?:failings?|failures?|oversight|blunder|carelessness|negligence)\b",
            r"\bfat[-\s]?finger(?:s|ed|ing)?\b|\bPEBKAC\b|\blayer[-\s]8 (?:problem|issue|error)\b",
            (r"\b(?:problem|error)\sbetween (?:the )?(?:keyboard and (?:the )?chair"
            r"|chair and (?:the )?keyboard)\b"),
        ),
    ),
    "knew-better": Search(
        words="know|knew|sense|think|how could",
        patterns=(
            (r"(?:{who} )?\b(?:should|ought to|must)(?: surely| really)? have known\b"
            r"(?: better)?"),
            (r"\b(?:should|ought to) (?:surely |really )?know better\b|\bknew better\b"
            r"|\b(?:should|ought to) have known\b(?: better)?|\bshould've known\b(?: better)?"),
            r"\b(?:basic )?common sense\b(?! (?:defaults?|limits?|checks?))",
            r"\b(?:as )?(?:everyone|everybody|anyone|any fool|every engineer) knows\b",
            (r"\bwhat (?:was|were) {who} thinking\b|\bhow could {who} (?:not|have (?:missed"
            r"|forgotten|overlooked|done))\b"),
        ),
    ),
    "cause-is-a-person": Search(
        words="cause|culprit|reason",
        patterns=(
            (r"\b(?:root[-\s]|main |primary |underlying |real |actual |true |ultimate |only |sole )"
            r"?\b(?:causes?|reasons?(?= (?:for|behind|why)))\b(?: (?:of|for|behind"
            r"|why) (?:[\w'-]{1,20} ){0,5}[\w'-]{1,20})?"
            r"(?: ?[:=–—-]| is| was| were| being| turned out to be| appears to be| seems to be)"
            r"(?: that| simply| identified as| clearly| probably){0,2} (?P<span>{whom}){end}"
            r"(?! (?:and {whom} )?(?:found|identified|reported|discovered|noticed|confirmed))"),
            (r"\b(?:root[-\s]|main |primary |underlying |real |actual )?cause:? (?P<span>{name}"
            r"|{role}) (?!found|identified|reported|discovered|noticed|confirmed)"
            r"(?:[a-z]{2,20}ed|did|didn't|ran|forgot|left|was|were|made|broke|put|set)\b"),
            r"^\W{0,9}(?:root |main |primary )?causes?\W{0,9} (?P<span>{name}|{role}){end}",
            r"\b{who} (?:is|was|were|are) the (?:\w{1,12} )?(?:root )?(?:cause|culprit)s?\b",
            r"\bculprits? (?:is|was|were|are|turned out to be) {whom}{end}",
        ),
    ),
    "blame": Search(
        words="blame|fault|responsib|accountable|culpable|guilty",
        patterns=(
            (r"{whom}{tail} (?:is|was|were|are|am)(?: solely| entirely| partly| clearly| largely"
            r"| also)? (?:to blame|at fault|culpable|guilty)\b"),
            (r"\b(?:blame|fault|responsibility)(?: for [\w'\s-]{1,60})?"
            r" (?:lies|falls|rests|sits|is|lay|lies squarely) (?:squarely )?(?:with|on)"
            r" (?:{whom}|(?:me|us|him|her)\b)"),
            (r"\bblam(?:e|es|ed|ing) (?:it |this |the outage |everything )?(?:on )?"
            r"(?:{whom}(?:{end}|(?= for\b))|(?:him|her|them|me|us|ourselves|himself|herself)\b)"),
            (r"{who} (?:must|should|has to|have to|needs to)? ?(?:take|takes|took|bears?"
            r"|carr(?:y|ies)"
            r"|shoulders?) (?:all |most of |some of |part of )?(?:the|full) "
            r"(?:blame|responsibility)\b"),
            (r"\bfaults? of {whom}{end}|\b(?:{whom}'s|{whom}'|my|his|her|their|your|our) (?:own )?"
            r"fault\b(?! (?:tolerance|domains?|injection|line|isolation))"),
            (r"{whom}(?: \w{1,12})? (?:is |was |were |are )?(?:solely |entirely |directly )?"
            r"(?:responsible|accountable|culpable) for"
            r" (?:the|this|that|these|our|causing|breaking|all)"
            r"(?: [\w-]{1,20})? ?(?:outage|failure|mistake|error|downtime|breach|bug|crash|damage"
            r"|disaster|mess|loss|breaking|problem|fault|interruption|breakage)s?\b(?! \w{1,12} "
            r"(?:process|budget))"),
        ),
    ),
    "persons-mistake": Search(
        words="mistake|error|fault|fail|negligence|oversight|blunder|slip|carelessness|judg"
        "|misunder|experience|incompet|typo|lazi|attention|ignor|sloppi|screw|lapse"
        "|wrong|messed|botched|bungled|blew|goofed",
        patterns=(
            r"(?:{whom}'s|{whom}') (?:own |careless |silly |stupid |simple |honest |costly "
            r"|terrible |big |bad |basic |grave |serious |repeated |obvious )?" + MISTAKE
            + r"\b" + NOUN_OF_A_COUNT,
            (r"\b(?:my|his|her|their|our|your) (?:own |careless |silly |stupid |honest |costly )?"
            r"(?:mistakes?|blunders?|negligence|carelessness|misjudge?ment|incompetence|laziness)"
            r"\b"),
            (r"{who}{tail}{adverbs} (?:made|had made|must have made|committed) (?:an?|the|this"
            r"|that|some|many"
            r"|several|another|two) (?:[\w-]{1,15} ){0,2}(?:mistakes?|errors?|blunders?|slip"
            r"|bad call|wrong call|(?:bad|poor|wrong|terrible|stupid) (?:decision|choice)s?)\b"),
            (r"\b(?:mistakes?|errors?|blunders?|oversights?|negligence|carelessness|failings?"
            r"|lapses?"
            r")(?: made| committed| was made| were made)? (?:(?:by|on the part of) {whom}|(?:of"
            r"|from) {whom}{end})"),
            (r"{other}{tail}{adverbs} (?:messed|screwed)(?: this| it| everything)? up\b"
            r"|{other}{tail} (?:botched|bungled|blew|goofed)\b|\bI (?:messed|screwed) up\b"),
            r"\b(?:mistake|error|fault)s? (?:is|was|were) {known}'s(?! \w)",
            r"\b(?:botched|bungled|messed up|screwed up) by {whom}",
            r"\b(?:poor|bad|lack of|lapse of|lapse in|error of|errors? in|lapses in) judge?ment\b",
        ),
    ),
    "character": Search(
        words="careless|negligen|slopp|laz|stupid|incompeten|inexcusabl|unforgivabl"
        "|irresponsib|reckless|foolish|dumb|idiot|clueless|thoughtless|unprofessional"
        "|amateurish|rookie|inattentive|silly|complacen|boneheaded|shoddy|novice"
        "|beginner|unqualified|embarrass|ignoran|arrogan|panicked|indefensible|hopeless"
        "|heedless|undisciplined|unreliable|cavalier|half-hearted",
        patterns=(
            (r"\bcareless(?:ly|ness)?\b|\bnegligen(?:t|tly|ce)\b|\bincompeten(?:t|tly|ce)\b"
            r"|\binexcusabl[ey]\b|\bunforgivabl[ey]\b|\birresponsibl[ey]\b|\breckless(?:ly|ness)?\b"
            r"|\bfoolish(?:ly|ness)?\b|\bstupid(?:ly|ity)?\b|\bidiot(?:ic|s)?\b|\bclueless(?:ness)?"
            r"\b|\bthoughtless(?:ly)?\b|\bunprofessional(?:ly)?\b|\bamateurish\b|\bboneheaded\b"
            r"|\binattentive(?:ly|ness)?\b|\bcomplacen(?:t|tly|cy)\b|\bshodd(?:y|ily)\b"
            r"|\bundisciplined\b|\bindefensible\b|\bheedless(?:ly)?\b|\bcavalier\b"),
            (r"\bslopp(?:y|ily|iness)\b(?! (?:quorums?|phrases?|hand-?off))"
            r"|\blaziness\b|\bsilly (?:mistake|error|oversight|thing)s?\b"
            r"|\b(?:rookie|novice|beginner'?s?) (?:mistake|error)s?\b"
            r"|\blazy (?:engineer|developer|operator|work|mistake|testing|habit|review|approach"
            r"|attitude|shortcut)\w{0,3}\b|\bdumb (?:mistake|move|error|decision|idea|thing)s?\b"
            r"|\bembarrassing (?:mistake|error|oversight|lapse)s?\b"),
            (r"{who}{tail} (?:is|was|were|are|got|had been|has been|being)(?: too| just| simply"
            r"| plain| so| very| clearly| a bit){0,2} (?:lazy|dumb|sloppy|hopeless|arrogant"
            r"|ignorant|unqualified|unreliable|slow|a rookie|half-hearted)\b(?! to \w{1,12} because"
            r"|-)"),
            (r"{other}{tail}{adverbs} panicked\b|\b{role} (?:is|was) (?:out of (?:his|her|their)"
            r" depth)\b"),
        ),
    ),
    "attention": Search(
        words="attention|lack|nobody|no one|none of|ball|corners|bother|wheel|distracted|focus"
        "|concentrat|diligence|vigilan|effort|care|slow|too long|asleep",
        patterns=(
            r"\b(?:nobody|no one|none of {whom}) (?:thought|cared) (?:to|of|about)\b",
            (r"\b(?:lack|absence) of (?:[a-z]{1,12} ){0,1}(?:attention|care|diligence|discipline"
            r"|professionalism|concentration|vigilance|effort|competence|thought|responsibility"
            r"|commitment|motivation|rigou?r)\b(?! (?:team|unit|plan)s?)"),
            (r"(?:{who}{tail}|{staff}) (?:did not|didn't|never)(?: \w{1,12})? (?:pay|paid)"
            r"(?: \w{1,12}){0,2} attention\b"
            r"|\b(?:not|wasn't|weren't|nobody was|no one was)(?: \w{1,12})? paying"
            r"(?: \w{1,12}){0,2} attention\b|\binattention\b|\bnot concentrating\b|\blost focus\b"),
            (r"\b(?:dropped|drop|dropping) the ball\b|\basleep at the wheel\b"
            r"|\beyes? off the ball\b"),
            (r"{who}{tail}{adverbs} (?:was|were|is|are) (?:too )?(?:distracted|not focuss?ed"
            r"|careless)\b|{who}{tail}{adverbs} (?:cut|cutting) corners\b"
            r"|{who}{tail} lacked(?: the)? (?:discipline|care|attention|diligence|competence"
            r"|focus)\b"
            r"|\bneither(?: [\w'-]{1,20}){1,5} bothered to\b"),
            (r"(?:(?:{who}{tail}|{staff}|^\W{0,9}) (?:didn't|did not|never|couldn't be)|\bnobody"
            r"|\bno one|\bnone of {whom})"
            r"(?: even)? bother(?:ed)?\b(?: to| with| \w{1,12}ing)?"),
            (r"{who}{tail} (?:was|were)(?: far| much)? (?:too )?(?:slow|late) (?:to|in) "
            r"(?:react|respond|act|escalate|declare|notice|acknowledge|reali[sz]e|communicate"
            r"|inform|reacting|responding|acting|escalating|noticing|join|answer)\b"),
            r"(?:{who}{tail}|{staff}) took (?:far |way |much )?too long\b",
        ),
    ),
    "more-careful": Search(
        words="careful|attention|care|vigilan|diligent|attentive|harder|aware|caution|cautious"
        "|mindful|thorough|disciplined",
        patterns=(
            (r"\b(?:be|being)(?: a bit| a lot| much| even)? (?:more|extra|very|really) (?:careful"
            r"|attentive|vigilant|diligent|cautious|mindful|alert|aware|disciplined|thorough)\b"),
            (r"\b(?:pay|paying) (?:more|better|closer|extra|greater|careful|close) attention\b"
            r"(?: to detail)?|\bmore attention to detail\b"
            r"|{who} (?:must|should|need to|needs to|have to|has to) pay attention\b"),
            (r"\b(?:take|taking|exercise|use|using) (?:more|extra|greater|better|due) "
            r"(?:care|caution)\b|\btry(?:ing)? harder\b"),
            (r"{who} (?:should|must|need to|needs to|have to|has to"
            r"|ought to)(?! have\b)(?: [\w-]{1,15}){1,5}"
            r" more (?:careful|carefully|thoroughly|attentively|diligently|cautiously)\b"),
        ),
    ),
    "procedure": Search(
        words="follow|violat|breach|bypass|skip|disregard|ignor|broke|circumvent|breaking"
        "|adher|stick|stuck|comply",
        patterns=(
            r"{who}{tail}{adverbs} (?:did not|didn't|does not|do not|don't|never|had not|hadn't"
            r"|wasn't|weren't|was not|were not)(?: \w{1,12})? (?:follow|followed|following"
            r"|adhere to"
            r"|stick to|stuck to|comply with)(?: [\w'-]{1,20}){0,4}? " + PROCEDURE + r"\b",
            r"(?:\bwithout|^\W{0,9}not)(?: \w{1,10})? (?:following|adhering to)(?: the| our"
            r"| a| any| established| proper| standard| agreed"
            r"| company){1,3}(?: [\w'-]{1,20}){0,2}? "
            + PROCEDURE + r"\b",
            r"\b(?:nobody|no one) followed (?:the|our) (?:[\w-]{1,20} ){0,2}" + PROCEDURE + r"\b",
            r"\b" + PROCEDURE + r" (?:was|were)(?: simply| clearly)? (?:not(?: being)?"
            r"|never) (?:followed|adhered to|respected|obeyed)\b",
            r"(?:{who}{tail}{adverbs}|\bthey) (?:violated|breached|broke|bypassed|skipped"
            r"|disregarded"
            r"|circumvented|ignored|flouted)(?: [\w'-]{1,20}){0,4}? (?:" + PROCEDURE
            + r"|alerts?|alarms?|warnings?|pages?|advice|signs?)\b",
            (r"\b(?:in )?violation of (?:the |our )?(?:[\w-]{1,20} ){0,2}(?:procedures?|process"
            r"|rules"
            r"|change policy|runbook|protocol)\b"),
        ),
    ),
    "forgot": Search(
        words="forgot|neglect|omitted|forget",
        patterns=(
            (r"{who}{tail}{adverbs} (?:had |has |have )?(?:forgot(?:ten)?|neglect(?:ed|s)|omitted)"
            r"(?: to (?:[a-z]{1,12}ly )?[\w-]{1,20}| about)?"),
            r"{first} (?:forgot|neglected|omitted)(?: to [\w-]{1,20})?",
            (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?(?:simply |just )?(?:forgot|neglected|omitted) to"
            r" [\w-]{1,20}"),
            (r"{staff}"
            r" (?:had )?(?:forgot(?:ten)?|neglected) to [\w-]{1,20}"),
            r"\bwas (?:simply )?(?:forgotten|neglected) by {whom}",
        ),
    ),
    "failed-to": Search(
        words="fail",
        patterns=(
            (r"{other}{tail}{adverbs} fail(?:ed|s|ing) to (?:[a-z]{1,12}ly )?"
            r"(?!(?:reproduce|recreate|log|connect|reach|ssh|access|authenticate|load|open|find"
            r"|isolate|sync)\b)[\w-]{1,20}"),
            (r"\b(?:I|we|you){adverbs} failed to (?:[a-z]{1,12}ly )?"
            r"(?!(?:reproduce|recreate|log|connect|reach|ssh|access|authenticate|load|open|find"
            r"|isolate|sync|deliver|send|serve|process|persist|write|store|replicate|render|bill"
            r"|charge|record|retry|handle|accept|complete|fulfil|fulfill|meet|publish|return|index"
            r"|save|fetch|execute)\b)[\w-]{1,20}"),
            (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?failed to (?:notice|escalate|inform|communicate"
            r"|page|warn"
            r"|tell|double-check|consult|announce|follow up)\b"),
            (r"{first} failed to (?:[a-z]{1,12}ly )?(?:{careful}|respond|react|acknowledge|answer"
            r"|report)\b"),
            (r"{staff}"
            r" failed to (?:[a-z]{1,12}ly )?{careful}\b"),
            (r"(?:{whom}'s|{whom}'|\b(?:his|her|my|our)) (?:repeated )?(?:failure|inability"
            r"|refusal)"
            r" to [\w-]{1,20}"),
            r"\bfailure to (?:properly |correctly )?(?:notice|escalate|double-check|consult|plan"
            r"|anticipate|inform|ask|warn|test|review|follow (?:the|our|an?|established|proper)"
            r" (?:[\w-]{1,20} ){0,2}?" + PROCEDURE + r")\b",
            r"\b(?:failure|failing) (?:by|of|on the part of) {whom}(?: to [\w-]{1,20})?",
        ),
    ),
    "should-have": Search(
        words="should|ought|shoulda|supposed to have",
        patterns=(
            (r"{who}{tail}{adverbs} (?:(?:should|ought to)(?:n't| not)?(?: \w{1,12}ly| at least"
            r"| really| also| never| always| just| simply| first| instead| then| probably)?"
            r"(?: have| of|'ve| not have)|shoulda)(?: \w{1,12}ly| at least| first| also| never"
            r"| just| simply| already)? {done}(?! (?:a|an|the) (?:page|alert|notification))"),
            (r"{who}{tail}{adverbs} should(?:n't| not)?(?: have|'ve) been (?:(?:far |much "
            r"|a lot )?more"
            r" [a-z]{3,15}|careful|attentive|aware|vigilant|diligent|faster|quicker|clearer"
            r"|smarter|better prepared|prepared|paying|watching|checking|looking|listening"
            r"|monitoring|available|awake|stricter|there|at (?:his|her|their) desk)\b"),
            r"{first} should(?:n't| not)? have {careful done}\b",
            (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?should(?:n't| not)?(?: have|'ve) (?!been able)"
            r"{careful done}\b"),
            r"^\W{0,9}shouldn't have (?:deployed|merged|pushed|touched|restarted)\b",
            r"\bthey should(?:n't| not)?(?: have|'ve) {careful done}\b",
            (r"\bshould(?:n't| not)?(?: have|'ve) been (?:noticed|spotted|escalated|foreseen"
            r"|anticipated|double-checked|rushed|thought of|tested|reviewed)\b"
            r"(?! (?:automatically|by (?:the |our |an? )?(?:[\w-]{1,20} )?(?:canary|monitor"
            r"|pipeline|alert|check|test|system|CI|tool|linter|probe)))"),
            (r"{staff} should(?:n't"
            r"| not)? have {careful done}\b"),
        ),
    ),
    "counterfactual": Search(
        words="if |had |could|might|would|coulda",
        patterns=(
            (r"\bif (?:only )?(?:only |someone |anyone )?(?!you\b){who}{tail}(?: had|'d)(?: only"
            r"| just| also"
            r"| simply| first)? (?:[a-z]{1,12}ly )?{done}"),
            r"\bif (?:only )?they had {careful done}\b",
            (r"\bif (?:only )?(?!you\b){who}{tail} had been (?:(?:far |much )?(?:more|better"
            r"|quicker"
            r"|faster) ?\w{0,15}|careful|attentive|watching|looking|paying attention|awake)\b"),
            (r"\bif (?:only )?(?!you\b){who}{tail} (?:had not|had never|hadn't) (?:[a-z]{1,12}ly )?"
            r"(?!(?:noticed|spotted|seen|stepped|intervened|happened|caught|looked|joined|reacted"
            r"|responded|acted|found|stayed|come|remembered|known|reali[sz]ed|reported)\b){done}"),
            (r"(?:^|[,;:-] |\b(?:and|but|avoidable|avoided|prevented|happened|better|sooner"
            r"|earlier|shorter) )\W{0,4}had (?!you\b){who}{tail}(?: not| only| just"
            r"| simply)?"
            r" (?:[a-z]{1,12}ly )?{done}"),
            (r"(?<!how\s)(?<!what\s)(?<!where\s)(?:{who}{tail}|{staff}){adverbs} (?:could"
            r"|might)(?: (?!hardly"
            r"|scarcely)\w{1,12}ly)?(?: have|'ve)(?: easily| also| simply| just"
            r"| at least| probably)? {careful done}\b"),
            (r"\b(?:could|might) (?:easily )?have been (?:avoided|prevented|noticed|spotted)"
            r"[\w\s]{1,20}?\b(?:by|if|had) {whom}"),
            (r"\ban?y? ?(?:good|competent|careful|experienced|senior|reasonable|professional|proper"
            r"|real|decent|better|attentive|more \w{1,15}) (?:{whom}) would(?: never)?(?: not)? "
            r"have (?!made the same|done the same)\w{2,20}"),
            r"\bit would have been (?:better|easy|simple|trivial|enough) (?:if {who}|for {whom})\b",
        ),
    ),
    "person-as-cause": Search(
        words="caused|due to|because|cause|broke|introduced|brought|owing|took|crashed"
        "|destroyed|killed|it was|stem|down to|thanks to|fault|result of|led to",
        patterns=(
            (r"\b(?:caused|brought about|broken|brought down|taken down) by {whom}(?:'s?"
            r"(?: [\w-]{1,20}){1,2}|{end})"),
            (r"\b(?:bug|defect|error|problem|fault|regression|issue|typo|outage|vulnerability)"
            r"(?: \w{1,12}){0,3} introduced by {whom}{end}"),
            (r"\b(?:due to|owing to|because of|down to|as a result of|stem(?:s|med) from) {whom}"
            r"(?: (?:not )?(?:[a-z]{1,12}ly )?(?!(?:meet|train|onboard|scal|staff|plan|rout|hir"
            r"|build)"
            r"\w{0,3}ing\b)[a-z]{2,20}ing\b|{end})"),
            (r"\b(?:due to|owing to|because of|as a result of|stem(?:s|med) from) {known}"
            r"(?:'s (?:[\w-]{1,20})(?: [\w-]{1,20})?)"),
            (r"\b(?:because|as|since) {other}{tail}{adverbs} (?:failed|skipped|ignored|neglected"
            r"|mistyped|misread|misconfigured|misunderstood|overlooked|broke|rushed|assumed"
            r"|(?:did not|didn't|hadn't|had not|never) (?!have|see|receive|get|know|need|hear"
            r"|yet)[\w-]{2,20}"
            r"|(?:was|were) (?:too |very |so )?(?:tired|inexperienced|new|junior|untrained"
            r"|distracted|confused|wrong|rushing|in a hurry|overconfident|impatient|drunk))\b"),
            BAD_EFFECT + r"(?: [\w'-]{1,20}){0,6},? because {other}{tail}{adverbs} (?!was\b|were\b"
            r"|\w{2,20}ing\b|had\b|could\b|is\b|did\b|didn't\b|saw\b|found\b"
            r"|noticed\b)[a-z]{2,20}\b",
            (r"\bit was {other}{tail},? (?:who|that) (?:broke|caused|deployed|pushed|deleted"
            r"|dropped"
            r"|merged|changed|removed|restarted|introduced|disabled|ran|triggered|forgot)\b"),
            (r"{other}{tail}{adverbs} (?:broke|crashed|destroyed|killed|caused|brought down"
            r"|took down|wrecked|ruined|triggered) (?:the |our |all |a |this )?(?:[\w-]{1,15} )?"
            r"(?:site|production|prod|website|build|outage|incident|payments|checkout|everything"
            r"|service|platform|system|problem|disaster|failure|downtime|mess|cluster|database)\b"
            r"(?! (?:ticket|channel|process|call|room|bridge|for |manually))"),
            (r"{other}'s (?:[\w-]{1,15} )?(?:change|commit|deploy|deployment|script|patch|merge|PR"
            r"|query|push|release|code|command|migration|fix) (?:caused|broke|took down|crashed"
            r"|brought down|led to|was the cause|destroyed|killed|corrupted|deleted)\b"),
        ),
    ),
    "hindsight": Search(
        words="obvious|clearly|of course|needless to say|just|simpl|only had to|blatant"
        "|evident|all they|had to do|how hard",
        patterns=(
            r"\bobviously\b|\bneedless to say\b|\bblatant(?:ly)?\b|\bself-evident(?:ly)?\b",
            (r"(?<!matter\s)(?<!change\s)(?<!changes\s)(?<!correction\s)\bof course\b"
            r"(?! (?:correction|change|material)s?)"),
            (r"\b(?:it'?s|(?:it|this|that|which) (?:is|was|were|should be|should have been"
            r"|seems)) (?:so "
            r"|quite |pretty |very |perfectly |painfully )?obvious\b"
            r"|\bobvious (?:mistake|error|oversight|warning|sign|signal|problem|risk|flaw"
            r"|question|choice|thing to)s?\b|\bshould be obvious\b"),
            r"^\W{0,9}clearly,? (?!label|mark|defin|stat|document|describ|separat|communicat)",
            (r"{who}{tail} clearly (?!(?:communicat|document|stat|mark|explain|describ|said|defin"
            r"|label|writ|wrote|separat|announc))[\w']{2,20}"),
            r"\bclearly (?:a |an |the )(?:wrong|bad|poor|mistake|error|failure|oversight)\b",
            (r"(?:{who}{tail}|\bthey) (?:just|simply|only) had to (?!wait|restart|repeat|retry"
            r"|start|accept)"
            r"\w{2,20}|\ball (?:{who}|they) (?:just )?(?:had|needed) to do was\b"),
            (r"{who}{tail} (?:just|simply) (?:didn't|did not|assumed|ignored|needed to|should"
            r"|never|wasn't|weren't)\b"),
            (r"\bsimply (?:looking|reading|checking|asking|following)(?: [\w'-]{1,20}){1,8} would"
            r" have\b"),
        ),
    ),
    "judging-word": Search(
        words="mistakenly|wrongly|erroneous|incorrectly|hastily|blindly|needlessly|prematurely"
        "|improperly|naively|rashly|unwisely|mis|overlooked|inexplicably|belatedly"
        "|lazily|wrong",
        patterns=(
            (r"{other}{tail}{adverbs} (?:mistakenly|wrongly|erroneously|incorrectly|hastily|blindly"
            r"|needlessly|prematurely|improperly|naively|rashly|unwisely|inexplicably|belatedly"
            r"|lazily|unnecessarily) \w{2,20}"),
            (r"\b(?:I|we|they|you) (?:hastily|blindly|needlessly|naively|rashly|unwisely|lazily"
            r"|inexplicably) \w{2,20}"),
            (r"{other}{tail}{adverbs} (?:misconfigured|mishandled|misjudged|mismanaged|misread"
            r"|misunderstood|overlooked|misdiagnosed|misused|misinterpreted|miscommunicated)\b"),
            (r"{other}{tail}{adverbs} (?:ran|used|chose|picked|deleted|deployed|pushed"
            r"|restarted|typed|entered|selected|clicked|applied|executed|stopped) the"
            r" wrong\b(?: \w{1,20})?"),
        ),
    ),
}  # fmt: skip
