"""How the rules of the blame-aware reading find their words: who is blamed, and how.

Each search is (words, pattern): without one of the words, in small letters, the pattern cannot
match, and it is not tried. What {words} in a pattern mean stands in wording_vocabulary.py; a
pattern that has one sees people as tags, one that has none sees the words as they are.
"""

from __future__ import annotations

from models.rules.wording_vocabulary import BAD_EFFECT, MISTAKE, NOUN_OF_A_COUNT

BLAME: dict[str, tuple[tuple[str, str], ...]] = {
    "human-error": (
        ("error|mistake|slip",
         (r"\b(?:human|operator|user|pilot|manual|engineer|developer|admin|administrator"
          r"|personal|personnel|employee|staff)(?: |-)(?:errors?|mistakes?|slip-?ups?)\b"
          + NOUN_OF_A_COUNT)),
        ("blunder|carelessness|failing|failure|negligence|oversight",
         r"\bhuman (?:failings?|failures?|oversight|blunder|carelessness|negligence)\b"),
        ("fat|layer|pebkac",
         r"\bfat[-\s]?finger(?:s|ed|ing)?\b|\bPEBKAC\b|\blayer[-\s]8 (?:problem|issue|error)\b"),
        ("chair|keyboard",
         (r"\b(?:problem|error)\sbetween (?:the )?(?:keyboard and (?:the )?chair|chair and "
          r"(?:the )?keyboard)\b")),
        ("keyboard",
         r"\bbetween (?:the )?(?:keyboard and (?:the )?chair|chair and (?:the )?keyboard)\b"),
        ("weakest link",
         r"\bweakest link\b(?= (?:is|was|were|in)\b[^.;]{0,30}(?:\bhumans?\b|{whom}))"),
    ),
    "knew-better": (
        ("known",
         r"(?:{who} )?\b(?:should|ought to|must)(?: surely| really)? have known\b(?: better)?"),
        ("knew|know",
         (r"\b(?:should|ought to) (?:surely |really )?know better\b|\bknew better\b|\b(?:should"
          r"|ought to) have known\b(?: better)?|\bshould've known\b(?: better)?")),
        ("sense",
         r"\b(?:basic )?common sense\b(?! (?:defaults?|limits?|checks?))"),
        ("knows",
         (r"(?<!sure\s)(?<!that\s)\b(?:as )?(?:everyone|everybody|anyone|any fool|every engineer)"
          r" knows\b")),
        ("know",
         (r"\b(?:everyone|everybody|anyone|anybody|(?:every|any) engineer) (?:should|ought to)"
          r" know (?:that (?:you|we|one)|you|not to|better)\b")),
        ("thinking|how could",
         (r"\bwhat (?:was|were) {who} thinking\b|\bhow could {who} (?:not|have (?:missed"
          r"|forgotten|overlooked|done))\b")),
        ("knows|could have|would have",
         (r"\b(?:every|any|an?) (?:[\w-]{1,15} ){0,2}(?:students?|beginner|child|kid|fool|idiot"
          r"|monkey|schoolboy|trainee|apprentice|five-year-old) (?:knows?|could(?: have)?"
          r"|would(?: have)?|can) \w{2,20}")),
        ("genius|scientist|rocket science|expert to|no-brainer",
         (r"\b(?:not|n't) (?:take|need|require)(?: an?| much of an?)? (?:genius|rocket "
          r"scientist|expert|[\w-]{1,12} degree) to\b|\b(?:not|n't) rocket science\b"
          r"|\bno-brainer\b")),
        ("staring", r"\bstaring {whom} in the face\b"),
        ("anyone who|anybody who|willing to|clearer|for all to see|plain as day|on the wall",
         (r"\bfor (?:anyone|anybody) (?:who (?:cared|bothered|wanted)|willing) to\b|\b(?:could"
          r"|can) (?:not|n't) (?:have been|be) (?:any )?clearer\b|\bcouldn't (?:have been|be) "
          r"(?:any )?clearer\b|\bthere for all to see\b|\bplain as day\b|\bwriting was on the "
          r"wall\b")),
    ),
    "rhetorical-question": (
        ("why",
         (r"\bwhy (?:did|does|had|has|was|were) (?:nobody|no-?one|no one|none of {whom})\b(?! "
          r"(?:[a-z]{1,12}ly )?(?:get|receive|be|been|paged|alerted|told|informed"
          r"|notified)\b)(?: [\w-]{1,20})?")),
        ("why",
         (r"\bwhy (?:did|does|had|has|was|were)(?:n't {who}{tail}| {who}{tail} not) "
          r"(?:[a-z]{1,12}ly )?(?:{careful}|{careful done}|wait|stop|call|bother)\b")),
        ("why",
         (r"\bwhy (?:was|were|is|are) {who}{tail} (?:even (?:allowed|let|given|permitted)"
          r"|(?:allowed|let|permitted) [^.?]{1,60} (?=at all\b))")),
        ("how could",
         (r"\bhow could (?:anyone|anybody|someone|somebody|{other}) (?:possibly |ever |even "
          r")?(?:think|miss|forget|overlook|let|be so|do (?:this|that|such)|not|allow)\b")),
        ("who on earth|what on earth|right mind|what the hell|who the hell",
         r"\b(?:who|what) (?:on earth|the hell)\b|\bin (?:his|her|their) right mind\b"),
    ),
    "cause-is-a-person": (
        ("cause|reason",
         (r"\b(?:root[-\s]|main |primary |underlying |real |actual |true |ultimate |only |sole "
          r")?\b(?:causes?|reasons?(?= (?:for|behind|why)))\b(?: (?:of|for|behind|why) "
          r"(?:[\w'-]{1,20} ){0,5}[\w'-]{1,20})?(?: ?[:=–—-]| is| was| were| being| turned out "
          r"to be| appears to be| seems to be)(?: that| simply| identified as| clearly| "
          r"probably){0,2} (?P<span>{whom}){end}(?! (?:and {whom} )?(?:found|identified"
          r"|reported|discovered|noticed|confirmed))")),
        ("cause",
         (r"\b(?:root[-\s]|main |primary |underlying |real |actual )?cause:? (?P<span>{name}"
          r"|{role}) (?!found|identified|reported|discovered|noticed|confirmed)(?:[a-z]{2,20}ed"
          r"|did|didn't|ran|forgot|left|was|were|made|broke|put|set)\b")),
        ("cause",
         r"^\W{0,9}(?:root |main |primary )?causes?\W{0,9} (?P<span>{name}|{role}){end}"),
        ("cause|culprit",
         r"\b{who} (?:is|was|were|are) the (?:\w{1,12} )?(?:root )?(?:cause|culprit)s?\b"),
        ("culprit",
         r"\bculprits? (?:is|was|were|are|turned out to be) {whom}{end}"),
    ),
    "blame": (
        ("blame|culpable|fault|guilty",
         (r"{whom}{tail} (?:is|was|were|are|am)(?: solely| entirely| partly| clearly| largely| "
          r"also)? (?:to blame|at fault|culpable|guilty)\b")),
        ("blame|fault|responsibility",
         (r"\b(?:blame|fault|responsibility)(?: for [\w'\s-]{1,60})? (?:lies|falls|rests|sits"
          r"|is|lay|lies squarely) (?:squarely )?(?:with|on) (?:{whom}|(?:me|us|him|her)\b)")),
        ("blam",
         (r"\bblam(?:e|es|ed|ing) (?:it |this |the outage |everything )?(?:on "
          r")?(?:{whom}(?:{end}|(?= for\b))|(?:him|her|them|me|us|ourselves|himself|herself)\b)")),
        ("blame|responsibility",
         (r"{who} (?:must|should|has to|have to|needs to)? ?(?:take|takes|took|bears?|carr(?:y"
          r"|ies)|shoulders?) (?:all |most of |some of |part of )?(?:the|full) (?:blame"
          r"|responsibility)\b")),
        ("fault",
         (r"\bfaults? of {whom}{end}|\b(?:{whom}'s|{whom}'|my|his|her|their|your|our) (?:own "
          r")?fault\b(?! (?:tolerance|domains?|injection|line|isolation))")),
        ("accountable|culpable|responsible",
         (r"{whom}(?: \w{1,12})? (?:is |was |were |are )?(?:solely |entirely |directly "
          r")?(?:responsible|accountable|culpable) for (?:the|this|that|these|our|causing"
          r"|breaking|all)(?: [\w-]{1,20})? ?(?:outage|failure|mistake|error|downtime|breach"
          r"|bug|crash|damage|disaster|mess|loss|breaking|problem|fault|interruption"
          r"|breakage)s?\b(?! \w{1,12} (?:process|budget))")),
        ("themselves to blame|himself to blame|herself to blame|to blame",
         r"\bonly (?:themselves|himself|herself|ourselves|yourself) to blame\b"),
        ("held accountable|hold",
         (r"{whom}{tail} (?:has to|have to|must|should|will|needs? to)? ?(?:be|been) held "
          r"(?:accountable|responsible|liable)\b|\bhold {whom} (?:accountable|responsible)\b")),
        ("own up|those responsible|heads will",
         (r"\b(?:{who}{tail}) (?:must|should|has to|have to|needs? to|ought to) own up\b"
          r"|\bthose responsible for (?:the|this|that)\b|\bheads (?:will|must) roll\b")),
        ("my bad",
         r"(?:^|[.;,:-] ?)\W{0,3}(?P<span>my bad)\b"),
    ),
    "persons-mistake": (
        (("blunder|carelessness|error|failure|fault|ignorance|inattention|incompetence|"
          "inexperience|lapse|laziness|misjudg|mistake|misunderstanding|negligence|oversight|"
          "screw-up|slip-up|sloppiness|typo|wrongdoing"),
         (r"(?:{whom}'s|{whom}') (?:own |careless |silly |stupid |simple |honest |costly "
          r"|terrible |big |bad |basic |grave |serious |repeated |obvious )?"
          + MISTAKE
          + r"\b"
          + NOUN_OF_A_COUNT)),
        ("blunder|carelessness|incompetence|laziness|misjudg|mistake|negligence",
         (r"\b(?:my|his|her|their|our|your) (?:own |careless |silly |stupid |honest |costly "
          r")?(?:mistakes?|blunders?|negligence|carelessness|misjudge?ment|incompetence"
          r"|laziness)\b")),
        ("made|committed",
         (r"{who}{tail}{adverbs} (?:made|had made|must have made|committed) (?:an?|the|this"
          r"|that|some|many|several|another|two) (?:[\w-]{1,15} ){0,2}(?:mistakes?|errors?"
          r"|blunders?|slip|bad call|wrong call|(?:bad|poor|wrong|terrible|stupid) (?:decision"
          r"|choice)s?)\b")),
        ("blunder|carelessness|error|failing|lapse|mistake|negligence|oversight",
         (r"\b(?:mistakes?|errors?|blunders?|oversights?|negligence|carelessness|failings?"
          r"|lapses?)(?: made| committed| was made| were made)? (?:(?:by|on the part of) {whom}"
          r"|(?:of|from) {whom}{end})")),
        ("blew|botched|bungled|goofed|messed|screwed",
         (r"{other}{tail}{adverbs} (?:messed|screwed)(?: this| it| everything)? up\b"
          r"|{other}{tail} (?:botched|bungled|blew|goofed)\b|\bI (?:messed|screwed) up\b")),
        ("error|fault|mistake",
         (r"\b(?:mistake|error|fault)s? (?:is|was|were)(?: entirely| all| solely| only| clearly)?"
          r" {known}'s(?! \w)")),
        ("botched|bungled|messed|screwed",
         r"\b(?:botched|bungled|messed up|screwed up) by {whom}"),
        ("judg",
         r"\b(?:poor|bad|lack of|lapse of|lapse in|error of|errors? in|lapses in) judge?ment\b"),
        ("wrong|poor|bad |terrible|questionable|unwise|stupid|unfortunate",
         (r"\b(?:wrong|poor|bad|terrible|questionable|unwise|stupid|unfortunate) (?:decisions?"
          r"|choices?|calls?)(?: made| taken)? (?:by|on the part of) {whom}")),
        ("wrong|poor|bad |terrible|questionable|unwise|stupid|unfortunate",
         (r"{whom}'s (?:wrong|poor|bad|terrible|questionable|unwise|stupid) (?:decisions?"
          r"|choices?|calls?|advice|work|planning|communication)\b")),
        ("poor|bad|terrible|lacking|sloppy|unclear|insufficient",
         (r"\b(?:communication|planning|preparation|coordination|testing|handover|advice|work) "
          r"(?:from|by) {whom} (?:is|was|were) (?:very |really |so |rather )?(?:poor|bad|terrible"
          r"|lacking|sloppy|unclear|insufficient)\b")),
        ("job of",
         (r"{other}{tail}{adverbs} (?:did|has done|had done|made) an? (?:really |very )?(?:poor"
          r"|bad|terrible|sloppy|lousy) job\b")),
        ("screwed|messed|blew it",
         (r"\b(?:we|I|they|you) (?:really |completely )?(?:(?:screwed|messed)(?: (?:this|it"
          r"|that|[\w-]{1,15}))? up|blew it)\b")),
        ("messed|screwed",
         r"\bI (?:messed|screwed) up(?: the)? [\w-]{1,20}"),
        ("unforced error|own goal|schoolboy|school-boy",
         r"\bunforced errors?\b|\bown goals?\b|\bschool-?boy (?:error|mistake)s?\b"),
    ),
    "person-as-cause": (
        ("caused it|caused this|caused all|broke it|broke everything",
         r"{other}{tail}{adverbs} (?:caused|broke) (?:it|this|all of (?:it|this)|everything)\b"),
        ("broken|brought|caused|taken",
         (r"\b(?:caused|brought about|broken|brought down|taken down) by {whom}(?:'s?(?: "
          r"[\w-]{1,20}){1,2}|{end})")),
        ("introduced",
         (r"\b(?:bug|defect|error|problem|fault|regression|issue|typo|outage|vulnerability)(?: "
          r"\w{1,12}){0,3} introduced by {whom}{end}")),
        ("because|down|due|owing|result|stem",
         (r"\b(?:due to|owing to|because of|down to|as a result of|stem(?:s|med) from) "
          r"{whom}(?: (?:not )?(?:[a-z]{1,12}ly )?(?!(?:meet|train|onboard|scal|staff|plan|rout"
          r"|hir|build)\w{0,3}ing\b)[a-z]{2,20}ing\b|{end})")),
        ("because|due|owing|result|stem",
         (r"\b(?:due to|owing to|because of|as a result of|stem(?:s|med) from) {known}(?:'s "
          r"(?:[\w-]{1,20})(?: [\w-]{1,20})?)")),
        ("because|as|since",
         (r"\b(?:because|as|since) {other}{tail}{adverbs} (?:failed|skipped|ignored|neglected"
          r"|mistyped|misread|misconfigured|misunderstood|overlooked|broke|rushed|assumed"
          r"|(?:did not|didn't|hadn't|had not|never) (?!have|see|receive|get|know|need|hear"
          r"|yet)[\w-]{2,20}|(?:was|were) (?:too |very |so )?(?:tired|inexperienced|new|junior"
          r"|untrained|distracted|confused|wrong|rushing|in a hurry|overconfident|impatient"
          r"|drunk))\b")),
        ("because",
         (BAD_EFFECT
          + r"(?: [\w'-]{1,20}){0,6},? because {other}{tail}{adverbs} (?!was\b|were\b"
          r"|\w{2,20}ing\b|had\b|could\b|is\b|did\b|didn't\b|saw\b|found\b"
          r"|noticed\b)[a-z]{2,20}\b")),
        ("it was",
         (r"\bit was {other}{tail},? (?:who|that) (?:broke|caused|deployed|pushed|deleted"
          r"|dropped|merged|changed|removed|restarted|introduced|disabled|ran|triggered"
          r"|forgot)\b")),
        ("broke|brought|caused|crashed|destroyed|killed|ruined|took|triggered|wrecked",
         (r"{other}{tail}{adverbs} (?:broke|crashed|destroyed|killed|caused|brought down|took "
          r"down|wrecked|ruined|triggered) (?:the |our |all |a |this )?(?:[\w-]{1,15} )?(?:site"
          r"|production|prod|website|build|outage|incident|payments|checkout|everything|service"
          r"|platform|system|problem|disaster|failure|downtime|mess|cluster|database)\b(?! "
          r"(?:ticket|channel|process|call|room|bridge|for |manually))")),
        ("'s",
         (r"{other}'s (?:[\w-]{1,15} )?(?:change|commit|deploy|deployment|script|patch|merge|PR"
          r"|query|push|release|code|command|migration|fix) (?:caused|broke|took down|crashed"
          r"|brought down|led to|was the cause|destroyed|killed|corrupted|deleted)\b")),
        ("the reason",
         (r"(?:{known}|{other}){tail} (?:is|was|are|were) the (?:main |only |sole |real "
          r")?reason\b(?! (?:we|it|they|the outage was|this was) (?:found|noticed|recovered"
          r"|caught|short|kept|had|could|survived|spotted))")),
        (("is on|was on|is all on|was all on|is squarely|was squarely|is entirely on|"
          "was entirely on|is purely|is really on|is solely on|was solely on"),
         (r"\b(?:(?:this|that)(?: one| outage| incident)?|(?:the|this) (?:[\w-]{1,15} )?(?:loss"
          r"|outage|failure|incident|mistake|delay|downtime|breach|mess)) (?:is|was) (?:all "
          r"|squarely |entirely |purely |really |solely )?(?P<span>on (?:{whom}{end}|(?:me|him"
          r"|her)\b))")),
        ("thanks to",
         (r"\bthanks to {whom}(?:'s? (?:[\w-]{1,15} )?[\w-]{1,20})?,? (?:we|the|nothing"
          r"|everything|all|our)\b(?= (?:[\w'-]{1,20} ){0,5}(?:lost|broke|down|failed|crashed"
          r"|suffered|worked|wasted|offline|unavailable|missed)\b)")),
        ("it was me|it was him|it was her",
         r"\bit was (?:me|him|her) (?:who|that)\b"),
        ("decision|choice|action|insistence|failure|behaviour|behavior",
         (r"{whom}'s (?:decision|choice|actions?|insistence|behaviou?r|inaction)(?: (?:to|not"
          r"|on) [\w-]{1,20}(?: [\w'-]{1,20}){0,5})? (?:(?:is|was|were) (?:the|a) (?:root "
          r"|main |direct )?(?:cause|reason)|caused|led to|broke|cost|took down|made things "
          r"worse)\b")),
        ("made things worse|made it worse|cost us",
         (r"{other}{tail}{adverbs} (?:made (?:things|it|matters|everything) (?:even |much "
          r")?worse|cost (?:us|the company|our customers))\b")),
        ("broke|took down|brought down",
         (r"(?:{other}|\b(?:frontend|backend|mobile|network|platform) {role}){tail}{adverbs} "
          r"(?:broke|took down|brought down) the (?:[\w-]{1,15} )?(?:build|login|page|api"
          r"|network|pipeline|shop|app)\b")),
    ),
}  # fmt: skip
