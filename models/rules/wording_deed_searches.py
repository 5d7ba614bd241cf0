"""How the rules of the blame-aware reading find what people did, did not do, or should have done.
Read as in wording_blame_searches.py."""

from __future__ import annotations

from models.rules.wording_vocabulary import PROCEDURE

DEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "procedure": (
        ("adhere|comply|follow|stick|stuck",
         (r"{who}{tail}{adverbs} (?:did not|didn't|does not|do not|don't|never|had not|hadn't"
          r"|wasn't|weren't|was not|were not)(?: \w{1,12})? (?:follow|followed|following"
          r"|adhere to|stick to|stuck to|comply with)(?: [\w'-]{1,20}){0,4}? "
          + PROCEDURE
          + r"\b")),
        ("adhering|following",
         (r"(?:\bwithout|^\W{0,9}not)(?: \w{1,10})? (?:following|adhering to)(?: the| our| a| "
          r"any| established| proper| standard| agreed| company){1,3}(?: [\w'-]{1,20}){0,2}? "
          + PROCEDURE
          + r"\b")),
        ("followed",
         (r"\b(?:nobody|no one) followed (?:the|our) (?:[\w-]{1,20} ){0,2}"
          + PROCEDURE
          + r"\b")),
        ("adhered|followed|obeyed|respected",
         (r"\b"
          + PROCEDURE
          + r" (?:was|were)(?: simply| clearly)? (?:not(?: being)?|never) (?:followed|adhered to"
          r"|respected|obeyed)\b{no reason}")),
        ("breached|broke|bypassed|circumvented|disregarded|flouted|ignored|skipped|violated",
         (r"(?:{who}{tail}{adverbs}|\bthey) (?:violated|breached|broke|bypassed|skipped"
          r"|disregarded|circumvented|ignored|flouted)(?: [\w'-]{1,20}){0,4}? (?:"
          + PROCEDURE
          + r"|alerts?|alarms?|warnings?|pages?|advice|signs?)\b")),
        ("deviated|departed|strayed",
         (r"{who}{tail}{adverbs} (?:deviated|departed|strayed) from(?: [\w'-]{1,20}){0,4}? "
          + PROCEDURE
          + r"\b")),
        ("violation",
         (r"\b(?:in )?violation of (?:the |our )?(?:[\w-]{1,20} ){0,2}(?:procedures?|process"
          r"|rules|change policy|runbook|protocol)\b")),
    ),
    "supposed-to": (
        ("supposed|meant to",
         (r"(?:{other}{tail}{adverbs}|{staff}|\b(?:I|you)) (?:was|were|is|are|had been)(?: "
          r"always| all| really)? (?:supposed|meant) to (?!(?:be|have been) (?:paged|told"
          r"|informed|alerted|on|in|off|able)\b|receive\b|get\b|see\b)[\w-]{1,20}")),
        ("supposed|meant to",
         (r"\b(?:supposed|meant) to (?:be|have been) (?:\w{2,20}ed|done|written|run|read|set) "
          r"by {whom}{end}")),
        ("supposed to",
         r"\bwe were supposed to (?:have )?(?:{careful}|{careful done})\b"),
        (("job|homework|duty|duties|his work|her work|their work|its work|our work|your work|"
          "their part|his part|her part|its part|our part"),
         (r"(?:{who}{tail}|{staff}|\bthey){adverbs} (?:did not|didn't|do not|don't|does not"
          r"|doesn't|never|wasn't|weren't|was not|were not|had not|hadn't|has not)(?: "
          r"\w{1,12}ly)? (?:do|did|doing|done) (?:his|her|their|its|our|your|his or her) "
          r"(?:own )?(?:jobs?|work|homework|dut(?:y|ies)|part)\b")),
        ("doing their job|doing his job|doing her job|doing its job",
         (r"\b(?:somebody|someone|nobody|no one|anyone)(?: was| wasn't| was not| is| isn't)? "
          r"doing (?:his|her|their) job\b")),
        ("job to|duty to|responsibility to",
         r"\b(?:was|were|is|are) (?:his|her|my|your|{known}'s) (?:job|duty|responsibility) to\b"),
    ),
    "acted-alone": (
        ("upon|rogue|own initiative|off the reservation|free rein|cowboy",
         (r"\btook it upon (?:himself|herself|themselves|myself)\b|{other}{tail}{adverbs} "
          r"(?:went|gone) rogue\b|\bcowboy\b")),
        ("without",
         (r"{other}{tail}{adverbs} (?:[a-z]{2,15}ed|ran|went|did|made|took|put|set|shut|cut"
          r"|sent)(?: [\w':-]{1,30}){1,9},? without (?:even |first |properly )?(?:asking|telling"
          r"|consulting|informing|permission|authori[sz]ation|approval|warning|checking"
          r"|notifying|testing|verifying|reviewing|validating|reading|looking)\b")),
        ("without",
         (r"\bwithout (?:even )?(?:asking|telling|consulting|informing|notifying|checking "
          r"with) (?:anyone|anybody|{whom}|us|support),? {other}")),
        ("instead of|rather than",
         (r"\b(?:instead of|rather than) (?:simply |just |first )?(?:asking|following|checking"
          r"|escalating|reading|waiting|calling|testing|thinking|consulting|telling|looking "
          r"at)\b[^.;]{0,60}, {other}")),
        ("instead of|rather than",
         (r"{other}{tail}(?: [\w':-]{1,30}){1,8} (?:instead of|rather than) (?:simply |just "
          r"|first )?(?:asking|following|checking|escalating|reading|waiting|calling|testing"
          r"|thinking|consulting|telling|looking at)\b")),
        ("refused|insist",
         (r"{other}{tail}(?: [\w':-]{1,30} (?:and|but))?{adverbs} (?:refused to|insisted on"
          r"|insisted that) (?!be |see |have )[\w-]{2,20}")),
        ("against",
         (r"{other}{tail}(?: [\w':-]{1,30}){1,8} against (?:all |the |our |better |explicit "
          r"|company )?(?:polic(?:y|ies)|rules?|advice|orders|instructions|recommendations?"
          r"|judge?ment|warnings?)\b")),
        ("disobey|defied|broke the rule|broke every",
         (r"{other}{tail}{adverbs} (?:disobeyed|defied|(?:knowingly |simply )?broke (?:the"
          r"|every|all the|our) rules?)\b")),
        ("despite|in spite of",
         (r"\b(?:despite|in spite of) (?:all |the |many |several |repeated |clear |our "
          r"|multiple |being ){0,4}(?:warnings?|advice|reminders?|told|warned"
          r"|asked)\b[^.;]{0,60} {other}")),
        ("chose to ignore|nothing",
         (r"\b(?:chose|decided|preferred) to ignore\b|(?:{other}|{staff}){tail}(?: "
          r"[\w'-]{1,20}){0,8} (?:and|but|yet|then) (?:still |simply )?did nothing\b"
          r"|{other}{tail}{adverbs} did nothing\b")),
    ),
    "forgot": (
        ("forgot|neglect|omitted",
         (r"{who}{tail}{adverbs} (?:had |has |have )?(?:forgot(?:ten)?|neglect(?:ed|s)"
          r"|omitted)(?: to (?:[a-z]{1,12}ly )?[\w-]{1,20}| about)?")),
        ("forgot|neglected|omitted",
         r"{first} (?:forgot|neglected|omitted)(?: to [\w-]{1,20})?"),
        ("forgot|neglected|omitted",
         (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?(?:simply |just )?(?:forgot|neglected|omitted) to "
          r"[\w-]{1,20}")),
        ("forgot|neglected",
         r"{staff} (?:had )?(?:forgot(?:ten)?|neglected) to [\w-]{1,20}"),
        ("forgotten|neglected",
         r"\bwas (?:simply )?(?:forgotten|neglected) by {whom}"),
    ),
    "failed-to": (
        ("fail",
         (r"{other}{tail}{adverbs} fail(?:ed|s|ing) to (?:[a-z]{1,12}ly )?(?!(?:reproduce"
          r"|recreate|log|connect|reach|ssh|access|authenticate|load|open|find|isolate"
          r"|sync)\b)[\w-]{1,20}")),
        ("failed",
         (r"\b(?:I|we|you){adverbs} failed to (?:[a-z]{1,12}ly )?(?!(?:reproduce|recreate|log"
          r"|connect|reach|ssh|access|authenticate|load|open|find|isolate|sync|deliver|send"
          r"|serve|process|persist|write|store|replicate|render|bill|charge|record|retry|handle"
          r"|accept|complete|fulfil|fulfill|meet|publish|return|index|save|fetch"
          r"|execute)\b)[\w-]{1,20}")),
        (("announce|communicate|consult|double-check|escalate|follow|inform|notice|page|tell|"
          "warn"),
         (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?failed to (?:notice|escalate|inform|communicate"
          r"|page|warn|tell|double-check|consult|announce|follow up)\b")),
        ("failed",
         (r"{first} failed to (?:[a-z]{1,12}ly )?(?:{careful}|respond|react|acknowledge|answer"
          r"|report)\b")),
        ("failed",
         r"{staff} failed to (?:[a-z]{1,12}ly )?{careful}\b"),
        ("failure|inability|refusal",
         (r"(?:{whom}'s|{whom}'|\b(?:his|her|my|our)) (?:repeated )?(?:failure|inability"
          r"|refusal) to [\w-]{1,20}")),
        ("failure",
         (r"\bfailure to (?:properly |correctly )?(?:notice|escalate|double-check|consult|plan"
          r"|anticipate|inform|ask|warn|test|review|follow (?:the|our|an?|established|proper) "
          r"(?:[\w-]{1,20} ){0,2}?"
          + PROCEDURE
          + r")\b")),
        ("fail",
         r"\b(?:failure|failing) (?:by|of|on the part of) {whom}(?: to [\w-]{1,20})?"),
    ),
    "should-have": (
        ("ought|should",
         (r"{who}{tail}{adverbs} (?:(?:should|ought to)(?:n't| not)?(?: \w{1,12}ly| at least| "
          r"really| also| never| always| just| simply| first| instead| then| probably)?(?: have"
          r"| of|'ve| not have)|shoulda)(?: \w{1,12}ly| at least| first| also| never| just| "
          r"simply| already)? {done}(?! an? (?:page|alert|notification))")),
        ("should",
         (r"{who}{tail}{adverbs} should(?:n't| not)?(?: have|'ve) been (?:(?:far |much |a lot "
          r")?more [a-z]{3,15}|careful|attentive|aware|vigilant|diligent|faster|quicker|clearer"
          r"|smarter|better prepared|prepared|paying|watching|checking|looking|listening"
          r"|monitoring|available|awake|stricter|there|at (?:his|her|their) desk)\b")),
        ("should",
         r"{first} should(?:n't| not)? have {careful done}\b"),
        ("should",
         (r"^\W{0,9}(?:[\d:.-]{2,12}\W{1,4})?(?:really )?should(?:n't| not)?(?: have|'ve) (?!been "
          r"able){careful done}\b")),
        ("shouldn",
         r"^\W{0,9}shouldn't have (?:deployed|merged|pushed|touched|restarted)\b"),
        ("they should",
         r"\bthey should(?:n't| not)?(?: have|'ve) {careful done}\b"),
        (("anticipated|double-checked|escalated|foreseen|noticed|reviewed|rushed|spotted|"
          "tested|thought"),
         (r"\bshould(?:n't| not)?(?: have|'ve) been (?:noticed|spotted|escalated|foreseen"
          r"|anticipated|double-checked|rushed|thought of|tested|reviewed)\b(?! "
          r"(?:automatically|by (?:the |our |an? )?(?:[\w-]{1,20} )?(?:canary|monitor|pipeline"
          r"|alert|check|test|system|CI|tool|linter|probe)))")),
        ("should",
         r"{staff} should(?:n't| not)? have {careful done}\b"),
        ("should|shouldve|shoulda|never should",
         (r"(?:{who}{tail}|{staff}|\bthey){adverbs} (?:never (?:ever )?should(?: have|'ve)"
          r"|should never(?: ever)?(?: have|'ve)) {done}")),
        ("should",
         (r"(?:{who}|{staff}|\bthey|[a-z]{3,12} shift){tail}{adverbs} (?:shouldve|shoulda"
          r"|should've) {done}")),
        ("should",
         r"\b(?:nobody|no one|no-one|none of {whom}) should(?: ever)?(?: have|'ve) {done}"),
        ("ought to have",
         r"(?:{who}{tail}|{staff}|\bthey){adverbs} ought (?:not )?to have {done}"),
        ("should",
         (r"\bshould(?:n't| not)?(?: have|'ve) been (?:caught|seen|found|checked|stopped"
          r"|prevented|tested|done|noticed|spotted)\b(?: (?:much |far )?(?:earlier"
          r"|sooner))?(?: [\w-]{1,15}){0,3}? by {whom}{end}")),
        ("obvious",
         r"\bshould have been (?:obvious|clear|plain) to {whom}"),
    ),
    "counterfactual": (
        ("had|'d",
         (r"\bif (?:only )?(?:only |someone |anyone )?(?!you\b){who}{tail}(?: had|'d)(?: only| "
          r"just| also| simply| first)? (?:[a-z]{1,12}ly )?{done}")),
        ("they had",
         r"\bif (?:only )?they had {careful done}\b"),
        ("been",
         (r"\bif (?:only )?(?!you\b){who}{tail} had been (?:(?:far |much )?(?:more|better"
          r"|quicker|faster) ?\w{0,15}|careful|attentive|watching|looking|paying attention"
          r"|awake)\b")),
        ("had",
         (r"\bif (?:only )?(?!you\b){who}{tail} (?:had not|had never|hadn't) (?:[a-z]{1,12}ly "
          r")?(?!(?:noticed|spotted|seen|stepped|intervened|happened|caught|looked|joined"
          r"|reacted|responded|acted|found|stayed|come|remembered|known|reali[sz]ed"
          r"|reported)\b){done}")),
        ("had",
         (r"(?:^|[,;:-] |\b(?:and|but|avoidable|avoided|prevented|happened|better|sooner"
          r"|earlier|shorter) )\W{0,4}had (?!you\b){who}{tail}(?: not| only| just| simply)? "
          r"(?:[a-z]{1,12}ly )?{done}")),
        ("could|might",
         (r"(?<!how\s)(?<!what\s)(?<!where\s)(?:{who}{tail}|{staff}){adverbs} (?:could"
          r"|might)(?: (?!hardly|scarcely)\w{1,12}ly)?(?: have|'ve)(?: easily| also| simply| "
          r"just| at least| probably)? {careful done}\b")),
        ("avoided|noticed|prevented|spotted",
         (r"\b(?:could|might) (?:easily )?have been (?:avoided|prevented|noticed"
          r"|spotted)[\w\s]{1,20}?\b(?:by|if|had) {whom}")),
        ("would",
         (r"\ban?y? ?(?:good|competent|careful|experienced|senior|reasonable|professional"
          r"|proper|real|decent|better|attentive|more \w{1,15}) (?:{whom}) would(?: never)?(?: "
          r"not)? have (?!made the same|done the same)\w{2,20}")),
        ("better|easy|enough|simple|trivial",
         r"\bit would have been (?:better|easy|simple|trivial|enough) (?:if {who}|for {whom})\b"),
        ("with a |with more|with just|with only|with even|with proper|with due",
         (r"\bwith (?:just |only |even )?(?:an? )?(?:(?:tiny |little )?(?:bit|little|touch"
          r"|minimum|moment|ounce|modicum)(?: of| more)?(?: more| of)?|more|proper|due) (?:care"
          r"|attention|thought|diligence|discipline|foresight|caution|common sense|effort)\b")),
        ("if only",
         (r"\bif only (?:{who}|someone|somebody|anyone|anybody|they|people)\b(?: had)?(?: "
          r"[\w-]{2,20})?")),
        ("would",
         (r"\bwould(?: not|n't)?(?: have|'ve)?(?: [\w'-]{1,20}){1,6} had "
          r"(?!you\b){who}{tail}(?: not| only| just| simply)? (?:[a-z]{1,12}ly )?{done}")),
        ("anyone",
         (r"\bhad (?:anyone|anybody|someone|somebody|people) (?:only |just |ever |even "
          r")?(?:{careful done}|bothered)\b")),
        ("if people|if anyone|if somebody|if someone|if anybody",
         (r"\bif (?:people|anyone|anybody|someone|somebody) had (?:only |just |ever |simply "
          r")?(?:{careful done}|bothered|listened|waited)\b")),
        ("easily",
         (r"\b(?:could|would|might)(?: have easily| easily have) (?:been (?:avoided|prevented"
          r"|noticed|spotted|caught|fixed|averted|stopped)|avoided|prevented|noticed|spotted"
          r"|caught|seen|checked|asked|tested|stopped)\b")),
        (("avoided by|prevented by|caught by|avoided if|prevented if|avoided simply|"
          "avoided had"),
         (r"\b(?:avoided|prevented|caught) (?:simply |just )?by (?:simply |just )?(?:reading"
          r"|checking|asking|looking|following|paying|waiting|listening|thinking|communicating"
          r"|double-checking|being)\b|\bavoided (?:if|had) {who}{tail}(?: had)?(?: "
          r"\w{1,12}ly)? (?!an? )[\w-]{2,20}")),
        ("a simple|a quick|a brief|a single|a short|a cursory|a mere",
         (r"\b(?:just )?an? (?:simple|quick|brief|single|short|cursory|mere) (?:look|glance"
          r"|check|question|phone call|call|read)(?: [\w'-]{1,20}){0,5}? would(?: easily)? "
          r"have\b")),
        ("would have taken|would have cost",
         (r"\bwould have (?:taken|cost) {whom} (?:only |just |all of |no more than "
          r")?(?:\w{1,12} )(?:seconds?|minutes?|moment|hours?)\b")),
        ("could",
         (r"{other}{tail} (?:could (?:have|'ve) (?:just|simply)|could (?:just|simply) have) "
          r"\w{2,20}")),
        ("engineer|developer|admin|operator|programmer|sre|dba|professional",
         (r"\b(?:any|every|an?) (?:(?:half-)?decent|competent|proper|real|good|self-respecting"
          r"|sensible|responsible|professional|experienced|senior) {role} (?:would(?! (?:have"
          r"|probably|also)\b)|will|knows?|checks?|does|never|always|tests?|reads?"
          r"|double-checks?|understands?)\b(?: (?:not|never|ever))?(?: \w{2,20})?")),
        ("avoidable|preventable",
         (r"\b(?:entirely|completely|totally|easily|wholly|perfectly|utterly) (?:avoidable"
          r"|preventable)\b|\b(?:avoidable|preventable) (?:mistake|error|lapse|blunder|slip)s?\b")),
    ),
    "not-done": (
        ("didn|did not|never|had not|hadn|does not|doesn",
         (r"(?:{other}{tail}|{staff}){adverbs} (?:did not|didn't|never|had not|hadn't|had never"
          r"|does not|doesn't)(?: \w{1,12}ly| even| first| once| actually)? (?:(?:test|check"
          r"|review|double-check|consult|consider|monitor|watch|ask|follow|look|inform|warn"
          r"|validate|confirm|document|mention|listen|communicate|escalate|announce)(?:ed|d)?"
          r"|verif(?:y|ied)|notif(?:y|ied)|read(?! access)|tell|told|think|thought|care|cared"
          r"|write|wrote|understand|understood|wait|waited|pay|paid|try|tried|plan|planned"
          r"|coordinate|coordinated)\b(?! that){no reason}")),
        ("thought to|think to|thinking to",
         (r"(?:{who}{tail}|\bthey){adverbs} (?:did not|didn't|never|had not|hadn't) (?:think"
          r"|thought) (?:to|of|about)\b|\b(?:nobody|no one)(?: [\w'-]{1,20}){0,5}? (?:had "
          r")?thought (?:to|of|about)\b")),
        ("missed",
         (r"{other}{tail}{adverbs} (?:had |has |have )?missed (?:the|this|that|these|an?"
          r"|several|two|three|four|\d{1,3}|both|all|many|every|her|his|another) "
          r"(?:[\w-]{1,15} ){0,2}(?:alerts?|pages?|alarms?|warnings?|signs?|signals?|steps?"
          r"|errors?|messages?|bugs?|problem|issue|notifications?|emails?|mails?|clues?|spike"
          r"|drop|deadline|renewal|escalation)\b")),
        ("nobody|no one|no-one",
         (r"\b(?:nobody|no one|no-one)(?: (?!who\b|could\b|can\b|had\b)[\w'-]{1,20}){0,3}? (?:"
          r"(?:double-)?checked(?! in\b| out\b)|tested|verified|reviewed|questioned)\b"
          r"{no reason}")),
        ("overslept|slept through",
         r"{other}{tail}{adverbs} (?:overslept|slept through)\b"),
        ("confus|misread|jumped|guessed",
         (r"{other}{tail}{adverbs} (?:confused the|mixed up|got (?:\w{1,12} )?confused|jumped "
          r"to (?:the wrong )?conclusions?|guessed instead)\b")),
    ),
}  # fmt: skip
