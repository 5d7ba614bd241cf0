"""How the rules of the blame-aware reading find what is said about people's nature and care, and
more care as the remedy. Read as in wording_blame_searches.py."""

from __future__ import annotations

CHARACTER: dict[str, tuple[tuple[str, str], ...]] = {
    "character": (
        (("amateurish|boneheaded|careless|cavalier|clueless|complacen|foolish|heedless|idiot|"
          "inattentive|incompeten|indefensible|inexcusabl|irresponsibl|negligen|reckless|"
          "shodd|stupid|thoughtless|undisciplined|unforgivabl|unprofessional"),
         (r"\bcareless(?:ly|ness)?\b|\bnegligen(?:t|tly|ce)\b|\bincompeten(?:t|tly|ce)\b"
          r"|\binexcusabl[ey]\b|\bunforgivabl[ey]\b|\birresponsibl[ey]\b|\breckless(?:ly"
          r"|ness)?\b|\bfoolish(?:ly|ness)?\b|\bstupid(?:ly|ity)?\b|\bidiot(?:ic|s)?\b"
          r"|\bclueless(?:ness)?\b|\bthoughtless(?:ly)?\b|\bunprofessional(?:ly)?\b"
          r"|\bamateurish\b|\bboneheaded\b|\binattentive(?:ly|ness)?\b|\bcomplacen(?:t|tly"
          r"|cy)\b|\bshodd(?:y|ily)\b|\bundisciplined\b|\bindefensible\b|\bheedless(?:ly)?\b"
          r"|\bcavalier\b")),
        ("beginner|dumb|embarrassing|laziness|lazy|novice|rookie|silly|slopp",
         (r"\bslopp(?:y|ily|iness)\b(?! (?:quorums?|phrases?|hand-?off))|\blaziness\b|\bsilly "
          r"(?:mistake|error|oversight|thing)s?\b|\b(?:rookie|novice|beginner'?s?) (?:mistake"
          r"|error)s?\b|\blazy (?:engineer|developer|operator|work|mistake|testing|habit|review"
          r"|approach|attitude|shortcut)\w{0,3}\b|\bdumb (?:mistake|move|error|decision|idea"
          r"|thing)s?\b|\bembarrassing (?:mistake|error|oversight|lapse)s?\b")),
        (("arrogant|dumb|half-hearted|hopeless|ignorant|lazy|rookie|sloppy|unqualified|"
          "unreliable"),
         (r"{who}{tail} (?:is|was|were|are|got|had been|has been|being)(?: too| just| simply| "
          r"plain| so| very| clearly| a bit){0,2} (?:lazy|dumb|sloppy|hopeless|arrogant"
          r"|ignorant|unqualified|unreliable|a rookie|half-hearted)\b(?! to \w{1,12} because|-)")),
        ("depth|panicked",
         (r"{other}{tail}{adverbs} panicked\b|\b{role} (?:is|was) (?:out of (?:his|her|their) "
          r"depth)\b")),
        ("inexperience",
         (r"\binexperience\b|{who}{tail}{adverbs} (?:is|was|were|are|being) (?:too |very |so "
          r"|rather )?inexperienced\b")),
        ("junior|green|new to|inexperienced|tired",
         (r"{other}{tail}{adverbs} (?:is|was|were|are) (?:far |simply |just )?too (?:{role}"
          r"|green|new|inexperienced|tired|careless|confident|impatient)\b")),
        ("skill|knowledge|experience|clue|idea|understanding",
         (r"{other}{tail}{adverbs} (?:lack(?:s|ed)?|(?:did not|didn't|does not|doesn't) "
          r"have)(?: any| even| the| enough| sufficient){0,2} (?:basic |necessary |required "
          r"|needed |proper |relevant ){0,2}(?:skills?|knowledge|experience|competence"
          r"|understanding|clue)\b")),
        ("clue|no idea|not have a clue",
         (r"{other}{tail}{adverbs} (?:had|has|have) (?:absolutely |simply )?(?:no clue|no idea "
          r"(?:about|(?:what|how) (?:he|she|they|to))\b|not a clue)"
          r"|\b(?:didn't|did not) have a clue\b")),
        ("trained|training",
         (r"{who}{tail}{adverbs} (?:was|were|is|are) (?:clearly|obviously|evidently|simply) (?:not "
          r"(?:properly )?|un|badly |poorly )trained\b"
          r"|\btraining (?:failure|failing)s?\b(?=[^.;]{0,60}{other})")),
        ("unaware",
         r"\bunaware of (?:even )?the (?:most )?(?:basics?|simplest|elementary)\b"),
        ("amateur|disgrace|shameful|pathetic|laughable|joke",
         (r"\bamateur hour\b|\bamateurs\b|\bdisgrace(?:ful)?\b|\bshameful(?:ly)?\b"
          r"|\bpathetic(?:ally)?\b|\blaughabl[ey]\b|\ba joke\b")),
        ("excuse",
         (r"\b(?:there is|there's|was|were|is)? ?no excuses?\b(?! (?:page|field))|\bhard to "
          r"excuse\b")),
        (("unacceptable|disappoint|disgraceful|shameful|absurd|baffling|incomprehensible|"
          "shocking|astonishing|ridiculous|beyond belief"),
         (r"\b(?:unacceptable|disappointing|disgraceful|shameful|absurd|baffling"
          r"|incomprehensible|shocking|astonishing|ridiculous|beyond belief) (?:that|how|of) "
          r"(?:{who}|{whom}|nobody|no one|they|so few)\b")),
        ("stubborn|arrogan|impatien|lazy|selfish|overconfiden|thick",
         (r"{other}{tail}{adverbs} (?:is|was|were|are|being) (?:too |very |so |just |simply "
          r"|being )?(?:stubborn|arrogant|impatient|selfish|overconfident|reckless"
          r"|pig-headed)\b|\bstubborn(?:ly|ness)\b|\boverconfidence\b")),
        ("lied|hide|conceal|cover up|covered up|dishonest",
         (r"{other}{tail}{adverbs} (?:lied|(?:tried|attempted|wanted) to (?:hide|conceal|cover "
          r"up)|covered (?:it |this |that )?up|concealed|was dishonest|were dishonest)\b")),
        ("discipline|ethic|attitude|ownership|accountability|professionalism",
         (r"\b(?:poor|bad|weak|lax|no) (?:work |working |team )?(?:discipline|ethics?|attitude"
          r"|professionalism|sense of (?:duty|ownership|responsibility))\b")),
        ("lack",
         (r"\black of (?:[\w-]{1,15} )?(?:ownership|communication|planning|skills?|experience"
          r"|knowledge|foresight|accountability|coordination) (?:by|on the part of|from|in"
          r"|within|among|between|of) {whom}{end}")),
        ("as usual|once again|yet again|typical|as always|strikes again|surprise",
         (r"\b(?:as usual|yet again|typical(?:ly)?|as always|no surprise|once again)[,:;]? "
          r"{other}(?! (?:joined|is on|was on|has|had)\b)|{other} strikes again\b")),
    ),
    "attention": (
        ("thought|cared",
         r"\b(?:nobody|no one|none of {whom}) (?:thought|cared) (?:to|of|about)\b"),
        ("absence|lack",
         (r"\b(?:lack|absence) of (?:[a-z]{1,12} ){0,1}(?:attention|care|diligence|discipline"
          r"|professionalism|concentration|vigilance|effort|competence|thought|responsibility"
          r"|commitment|motivation|rigou?r)\b(?! (?:team|unit|plan)s?)")),
        ("attention|concentrating|focus|paying",
         (r"(?:{who}{tail}|{staff}) (?:did not|didn't|never)(?: \w{1,12})? (?:pay|paid)(?: "
          r"\w{1,12}){0,2} attention\b|\b(?:not|wasn't|weren't|nobody was|no one was)(?: "
          r"\w{1,12})? paying(?: \w{1,12}){0,2} attention\b|\binattention\b|\bnot "
          r"concentrating\b|\blost focus\b")),
        ("asleep|ball|eye",
         (r"\b(?:dropped|drop|dropping) the ball\b|\basleep at the wheel\b|\beyes? off the "
          r"ball\b")),
        ("careless|corners|distracted|focus|lacked|neither",
         (r"{who}{tail}{adverbs} (?:was|were|is|are|(?:must|may|might) have been|got) (?:too )?"
          r"(?:distracted|not focuss?ed"
          r"|careless)\b|{who}{tail}{adverbs} (?:cut|cutting) corners\b|{who}{tail} lacked(?: "
          r"the)? (?:discipline|care|attention|diligence|competence|focus)\b|\bneither(?: "
          r"[\w'-]{1,20}){1,5} bothered to\b")),
        ("bother",
         (r"(?:(?:{who}{tail}|{staff}|^\W{0,9}) (?:didn't|did not|never|couldn't be)|\bnobody"
          r"|\bno one|\bnone of {whom})(?: even)? bother(?:ed)?\b(?: to| with| \w{1,12}ing)?")),
        ("slow to|late to|slow in|late in",
         (r"{who}{tail} (?:was|were)(?: far| much)? (?:too )?(?:slow|late) (?:to|in) (?:react"
          r"|respond|act|escalate|declare|notice|acknowledge|reali[sz]e|communicate|inform"
          r"|reacting|responding|acting|escalating|noticing|join|answer)\b")),
        ("took",
         r"(?:{who}{tail}|{staff}) took (?:far |way |much )?too long\b"),
        ("bothered to|be bothered",
         (r"\b(?:not|couldn't|can't|cannot|could not) be bothered(?: to)?\b|\b(?:had|has) "
          r"anyone bothered to\b")),
        ("asleep|phone|daydream|dozed|nodded off",
         (r"{other}{tail}{adverbs} (?:dozed off|nodded off|was asleep on|(?:was|were) "
          r"(?:looking at|on|playing with|busy with) (?:his|her|their) phones?|(?:was|were) "
          r"daydreaming)\b")),
        ("slow",
         r"{other}{tail}{adverbs} (?:was|were|is|are) (?:far |much )?too (?:slow|late)\b"),
        ("too long",
         r"\btook {whom} (?:far |way |much )?too long\b"),
        ("wasted",
         (r"(?:{other}{tail}|\bthey){adverbs} wasted (?:[\w-]{1,12} ){1,4}(?:hours?|minutes?"
          r"|time|days?|morning|night)")),
        ("rubber-stamp|rubber stamp|waved|without looking|without reading|without anyone",
         (r"\brubber[- ]stamp(?:ed|ing)\b|\bwaved (?:it |this |them )?through\b"
          r"|{other}{tail}{adverbs} (?:signed off|approved|merged|clicked)(?: "
          r"[\w'-]{1,20}){0,4} without (?:even )?(?:reading|looking|checking|thinking|testing)\b")),
        ("in the dark|nowhere to be found|tails|lost control|headless",
         (r"{other}{tail}{adverbs} (?:kept|left) (?:everyone|everybody|us|{whom}|support|them) "
          r"in the dark|\bnowhere to be found\b|\bchasing (?:his|her|their|our) (?:own "
          r")?tails?\b|{other}{tail}{adverbs} lost control\b|\bheadless chickens?\b")),
        ("slip",
         r"{who}{tail}{adverbs} let(?: [\w'-]{1,20}){1,5}? slip(?: through| by)?\b"),
        ("careful|attentive|thorough|diligent|cautious|vigilant|thinking",
         (r"{who}{tail}{adverbs} (?:was not|wasn't|were not|weren't)(?: being)? (?:(?:careful"
          r"|attentive|thorough|diligent|cautious|vigilant) enough|thinking(?! (?:of|about)))\b")),
        ("ownership|responsibility",
         (r"\b(?:nobody|no one|no-one|none of {whom})(?: [\w'-]{1,20}){0,5}? (?:took|takes|felt)"
          r"(?: any| the| real)? (?:ownership|responsib\w{1,6})\b")),
        ("rush|hurry",
         (r"{other}{tail}{adverbs} (?:rushed(?! to (?:help|the)\b)|was rushing|were rushing"
          r"|(?:was|were) in (?:a|too much of a) (?:hurry|rush))\b|\brushed (?:through )?by "
          r"{whom}{end}")),
    ),
    "more-careful": (
        (("careful|attentive|vigilant|diligent|cautious|mindful|alert|aware|disciplined|"
          "thorough"),
         (r"\b(?:be|being)(?: a bit| a lot| much| even)? (?:more|extra|very|really) (?:careful"
          r"|attentive|vigilant|diligent|cautious|mindful|alert|aware|disciplined|thorough)\b")),
        ("detail|pay",
         (r"\b(?:pay|paying) (?:more|better|closer|extra|greater|careful|close) attention\b(?: "
          r"to detail)?|\bmore attention to detail\b|{who} (?:must|should|need to|needs to"
          r"|have to|has to) pay attention\b")),
        ("care|caution|harder",
         (r"\b(?:take|taking|exercise|use|using) (?:more|extra|greater|better|due) (?:care"
          r"|caution)\b|\btry(?:ing)? harder\b")),
        ("attentively|careful|cautiously|diligently|thoroughly",
         (r"{who} (?:should|must|need to|needs to|have to|has to|ought to)(?! have\b)(?: "
          r"[\w-]{1,15}){1,5} more (?:careful|carefully|thoroughly|attentively|diligently"
          r"|cautiously)\b")),
        ("retrain|re-train",
         (r"\bre-?train(?:s|ed|ing)? (?:{whom}|(?:him|her|them)\b)|{who}{tail} (?:needs?"
          r"|requires?|must|should|will|has to|have to)(?: get| receive| undergo| do| be)? "
          r"(?:re-?training|re-?trained)\b|\bre-?training (?:for|of) {whom}{end}"
          r"|^\W{0,9}(?:mandatory )?re-?training\W{0,4}$")),
        ("training|course",
         (r"{who}{tail} (?:needs?|requires?|must get|must have|should get|has to get) (?:more"
          r"|better|additional|further|extra|proper) training\b|\b(?:mandatory|remedial"
          r"|refresher) (?:re-?)?training\b")),
        (("disciplinary|reprimand|warning|spoken to|told off|fired|sacked|talked to|"
          "a word with"),
         (r"\bdisciplinary\b|{whom}{tail} (?:has been|have been|was|were|will be|should be"
          r"|must be|got) (?:reprimanded|disciplined|told off|fired|sacked|spoken to|talked to"
          r"|(?:given )?an? (?:\w{1,12} )?warning)\b|\bhad a word with {whom}")),
        ("spoken to|spoke to|talked to|told not|reminded",
         (r"\b(?:have|has|I|we)(?: have)? (?:spoken|talked|spoke) (?:to|with) {whom} (?:and"
          r"|about)\b|{who}{tail} (?:has been|have been|have to be|must be|was|were|will be) "
          r"(?:told not to|reminded to)(?: \w{2,20})?")),
        ("again",
         (r"{who}{tail} (?:promised|assured|guaranteed|swore)[^.;]{0,40} again\b|\b(?:he|she"
          r"|{name})(?: will|'ll) (?:not|never) do (?:it|this|that) again\b|\bwon't do (?:it"
          r"|this|that) again\b")),
        ("remind",
         r"\bremind {name} (?:to|that|about|of)\b"),
        ("ensure|make sure|see to it",
         (r"\b(?:ensure|make sure|see to it)(?: that)? {name} (?:follow|check|read|ask|test"
          r"|think|understand|know|escalate|do)(?:e?s)?\b")),
        (("think |read the|responsib|ownership|harder|do better|concentrate|focus|heads|"
          "his head|her head|being so"),
         (r"(?:{who}{tail}|\bpeople) (?:needs?|must|has|have|should|ought)(?: to)? (?:really "
          r"|just |start to |learn to )?(?:think (?:before|first|more|harder)|read the (?:docs?"
          r"|documentation|manual|runbook|instructions|instruction)|take (?:more |better |full "
          r"|greater |the )?(?:responsibility|ownership)(?! for)|try harder|do better"
          r"|concentrate|focus more|use (?:his|her|their) heads?|stop being so)\b")),
    ),
    "hindsight": (
        ("blatant|needless|obviously|self-evident",
         (r"\bobviously\b(?! (?!was\b|is\b|has\b|does\b)[a-z]{2,15}[a-rt-z]s\b)|\bneedless to say\b"
          r"|\bblatant(?:ly)?\b|\bself-evident(?:ly)?\b")),
        ("course",
         (r"(?<!matter\s)(?<!change\s)(?<!changes\s)(?<!correction\s)(?<!,\s)(?<!will\s)"
          r"(?<!can\s)\bof course\b(?! (?:correction|change|material)s?)")),
        ("obvious",
         (r"\b(?:it'?s|(?:it|this|that|which) (?:is|was|were|should be|should have been"
          r"|seems)) (?:so |quite |pretty |very |perfectly |painfully )?obvious\b|\bobvious "
          r"(?:mistake|error|oversight|warning|sign|signal|problem|risk|flaw|question|choice"
          r"|thing to)s?\b|\bshould be obvious\b")),
        ("clearly",
         r"^\W{0,9}clearly,? (?!label|mark|defin|stat|document|describ|separat|communicat)"),
        ("clearly",
         (r"{who}{tail} clearly (?!(?:communicat|document|stat|mark|explain|describ|said|defin"
          r"|label|writ|wrote|separat|announc))[\w']{2,20}")),
        ("clearly",
         r"\bclearly (?:a |an |the )(?:wrong|bad|poor|mistake|error|failure|oversight)\b"),
        ("had|just|needed|only|simply",
         (r"(?:{who}{tail}|\bthey) (?:just|simply|only) had to (?!wait|restart|repeat|retry"
          r"|start|accept)\w{2,20}|\ball (?:{who}|they) (?:just )?(?:had|needed) to do was\b")),
        ("just|simply",
         (r"{who}{tail} (?:just|simply) (?:didn't|did not|assumed|ignored|needed to|should"
          r"|never|wasn't|weren't)\b")),
        ("simply",
         (r"\bsimply (?:looking|reading|checking|asking|following)(?: [\w'-]{1,20}){1,8} would "
          r"have\b")),
        ("surpris|predictabl",
         r"\bunsurprisingly\b|\bpredictably\b"),
        ("reason",
         r"\bfor (?:some|whatever) reason,? {other}|\bfor reasons (?:best )?known only to\b"),
    ),
    "judging-word": (
        (("accidentally|inadvertently|belatedly|blindly|erroneously|hastily|improperly|incorrectly|inexplicably|lazily|"
          "mistakenly|naively|needlessly|prematurely|rashly|unnecessarily|unwisely|wrongly"),
         (r"{other}{tail}{adverbs} (?:mistakenly|wrongly|erroneously|incorrectly|hastily"
          r"|accidentally|inadvertently"
          r"|blindly|needlessly|prematurely|improperly|naively|rashly|unwisely|inexplicably"
          r"|belatedly|lazily|unnecessarily) \w{2,20}")),
        ("by accident",
         (r"{other}{tail}{adverbs} (?:[a-z]{2,15}ed|ran|put|set|shut|cut|sent|took|wrote)(?: "
          r"[\w':-]{1,30}){0,6}? by accident\b|\bby accident,? {other}")),
        ("assumed|accidentally|inadvertently",
         (r"\b(?:I|we|they|you) (?:(?:wrongly|mistakenly|incorrectly|falsely) assumed"
          r"|(?:accidentally|inadvertently) \w{2,20})\b")),
        ("blindly|hastily|inexplicably|lazily|naively|needlessly|rashly|unwisely",
         (r"\b(?:I|we|they|you) (?:hastily|blindly|needlessly|naively|rashly|unwisely|lazily"
          r"|inexplicably) \w{2,20}")),
        (("miscommunicated|misconfigured|misdiagnosed|mishandled|misinterpreted|misjudged|"
          "mismanaged|misread|misunderstood|misused|overlooked"),
         (r"{other}{tail}{adverbs} (?:misconfigured|mishandled|misjudged|mismanaged|misread"
          r"|misunderstood|overlooked|misdiagnosed|misused|misinterpreted|miscommunicated)\b")),
        ("wrong",
         (r"{other}{tail}{adverbs} (?:ran|used|chose|picked|deleted|deployed|pushed|restarted"
          r"|typed|entered|selected|clicked|applied|executed|stopped) the wrong\b(?: \w{1,20})?")),
        ("wrong",
         (r"{other}{tail}{adverbs} (?:drop|delet|remov|restart|reboot|kill|edit|chang|copi|past"
          r"|disabl|drain|unplug|pull|call|truncat|format|wip|overwrit|revert|merg|stopp|dropp"
          r"|ship|releas|patch|updat|configur|modifi|open|block)(?:ed|ped|ged|d)?(?: "
          r"[\w'-]{1,20}){0,2}? the wrong \w{1,20}")),
        ("wrong",
         (r"{other}{tail}(?: [\w':-]{1,30}){0,2} (?:ran|drew|shut down|sent|set|gave|made"
          r"|connected|pushed|deployed|applied|typed|pasted|executed|logged|put|was|were)(?: "
          r"[\w'-]{1,20}){0,6}? (?:the|an?|(?:against|on|in|to|into|at|with|from) the) wrong "
          r"(?:hosts?|servers?|machine|cluster|environment|database|table|region|branch"
          r"|terminal|window|tab|account|number|value|command|script|conclusions?|button|call"
          r"|decision|file|key|node|bucket|project|namespace|decisions)\b(?! in the (?:drill"
          r"|exercise))")),
        ("confusing|misleading|false|wrong|contradictory",
         (r"{other}{tail}{adverbs} (?:gave|issued|wrote|sent) (?:[\w-]{1,15} )?(?:confusing"
          r"|misleading|false|wrong|contradictory) (?:orders?|information|instructions?|advice"
          r"|statements?|updates?)\b")),
        ("shortcut",
         r"{other}{tail}{adverbs} took (?:an? |the )?shortcuts?\b"),
    ),
}  # fmt: skip
