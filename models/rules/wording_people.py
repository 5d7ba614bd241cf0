"""Who counts as a person when wording is read: given names, roles, titles, handles.

`tag_people` replaces every mention of a person by a run of one character, as long as the
mention, so that a pattern can say "a person" and offsets stay true. Names and
roles are told apart, and those who act from those who do not ("the page to Ben failed to arrive").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters, so that \b and \w see words.
NAME, ROLE, NAME_AS_OBJECT, ROLE_AS_OBJECT, HIDDEN = "ꀀ", "ꀁ", "ꀂ", "ꀄ", "ꀃ"
PEOPLE = NAME + ROLE + NAME_AS_OBJECT + ROLE_AS_OBJECT


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Given names that are common enough to be recognised without being told.
GIVEN_NAMES = _listed(
    """
    aaron abdul abigail ada adam adele aditi adrian agnes ahmed aisha alan albert alejandro alex
    alexander alexandra ali alice alicia alina amanda amelia amina amit amy ana anders andre andrea
    andrew andy angela anita anja ann anna anne annika anton antonio arjun arthur ayesha barbara bob
    beatriz ben benjamin bernd bianca björn bjorn bob boris brenda brian bruno camille carla carlos
    carmen carol caroline catherine cathy cecilia charles charlie charlotte chen chiara chloe chris
    christian christina christine claire clara claudia colin craig cristina dan daniel daniela dave
    david deborah deepak denise dennis diana diego dieter dmitri dominik donna doris dorothy doug
    edward elena eleanor elias elif elisa elizabeth ella ellen emil emily emma eric erik erika ethan
    eva evelyn fatima felix fernando fiona florian francesca francis françois frances fritz gabriel
    gareth gary george gerald giulia giovanni graham greg gregor greta gustav hanna hannah hans
    harry hassan heather heidi helen helena henry hiroshi hugo ian ibrahim ingrid irina isabel
    isabella ivan jacob james jamie jan jane janet jason javier jean jenny jens jeremy jerry jesse
    jessica jim joan joe joel johan johann john johnny jonas jonathan jorge josé jose joseph joshua
    juan judith judy julia julian julie jun jürgen karen karin karl kate katherine kathy katja kay
    keith kelly ken kenji kevin khalid kim klaus kofi kristen kumar lars laura lauren laurent lea
    lena leo leon leonard li lily linda lisa liam louis louise luca lucas lucia lucy luis luka lukas
    lydia magda manuel marc marco marcus margaret maria marie marina mario marion marta martha
    martin martina mary mateo mathias matt matteo matthew matthias maya megan mei melissa michael
    michelle miguel mike mila mira miriam mohamed mohammed monica moritz nadia nancy naomi natalia
    natasha nathan neil nicholas nick nicole niels nikhil nina noah nora olga oliver olivia omar
    oscar otto pablo patricia patrick paul paula pedro peter petra philip philipp pierre piotr priya
    rachel rahul raj rajesh ralph ravi raymond rebecca renate ricardo richard rita robert roberto
    robin roger roland ron rosa rune russell ruth ryan sabine sally sam samantha samir samuel sandra
    sanjay sara sarah scott sean sebastian sergei sharon shirley silvia simon sofia sonia sophia
    sophie stefan stella stephanie stephen steve steven sunil susan sven sylvia tamara tanja tanya
    tara teresa theo theresa thomas tim timothy tina tobias todd tom tomas tony tyler ursula
    valentina vanessa vera veronica victor victoria vijay vikram vincent viktor walter wei wendy
    werner wilhelm william yan yasmin yuki yusuf yvonne zara zoe zoë
    abena adebayo adwoa aiko akira amara ananya aoife asha babajide bilal binta chiamaka chidi
    chioma chinedu dalia deepika eilidh emeka eun farah femi folake gopal haruto hiroko ifeoma
    ikram ines jamal jamila kaito
    kavya kemi kwabena kwame lakshmi leila mahmoud manish mehmet meera mwangi
    nadeem naveen neha ngozi niamh nikita njeri noor oluwaseun omolara parisa pooja pranav rania
    rohan rukhsana sakura samira shreya siobhan soo-jin sunita svetlana takeshi tariq temitope tunde
    wanjiru wojciech xiao ximena yaw yetunde zainab zeynep zuzana
    """
)

# Names of systems that are also names of people, or look like them.
SYSTEMS = _listed(
    """
    airflow alma amazon ansible apache apollo argo athena atlas atlassian aurora aws azure bamboo
    cassandra celery chef cloudflare cloudwatch consul datadog debian django docker dynamo elastic
    elasticsearch envoy fastly flink fluentd flux git github gitlab google grafana hadoop harbor
    hector helm hermes hudson istio jaeger jenkins jira jupiter kafka kibana kong kubernetes lambda
    linux loki logstash mercury microsoft mongo mysql nagios neptune netlify nginx nomad odin okta
    opsgenie oracle pagerduty phoenix postgres postgresql prometheus puppet pulsar rabbitmq rails
    redis ruby salt sentry sidekiq slack solr spark splunk stripe teamcity teams tempo terraform
    thanos thor titan tomcat traefik travis twilio vault vercel vitess windows zabbix zeus zookeeper
    alertmanager ceph etcd jasper sybase maven gradle gerrit spinnaker ubuntu oncall opsworks
    """
)

_ROLES = _listed(
    """
    engineer developer operator on-call on-caller sre admin administrator sysadmin dba team
    commander scribe responder reviewer approver author committer deployer programmer coder
    technician analyst consultant architect tester maintainer contractor intern newcomer
    colleague coworker co-worker employee staffer person individual human teammate guy junior
    trainee
    """
) | {"devs", "staff", "people", "folks", "personnel", "management", "leadership", "crew"}
_ROLE_WORDS = (
    _ROLES
    | {f"{role}s" for role in _ROLES}
    | {
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "somebody's",
    }
)
# Words that are a role only behind another word: "engineering manager", but "cluster manager".
_LEADS = re.compile(
    r"\b(?:(?:engineering|product|project|line|account|incident|shift|duty|release|support)"
    r" (?:manager|agent|lead)|(?:team|tech|technical|communications|comms|squad) lead"
    r"|(?:shift|team|duty|floor|line) supervisor|(?:service|product|system) owner"
    r"|(?:night|day|early|late) shift)s?\b",
    re.IGNORECASE,
)
# English words that are names only with a capital letter.
_ALSO_WORDS = _listed(
    """
    will mark may grace art rose bill rob sue pat jack frank drew dawn hope joy june april august
    summer faith chase grant dean guy max miles ray rich rusty sandy stone young long king wood
    page price case bean field moss day sky wall lane church love small best good short strong
    black white brown green gray grey little de la van von der den di da
    """
)
_WORD = re.compile(r"@?[^\W\d_][\w\u0300-\u036f]{0,60}(?:['-][\w\u0300-\u036f]{1,40}){0,3}")
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.? {1,3}$")
_KUBERNETES = re.compile(r"kubernetes|k8s|reconcil|custom resource|\bCRDs?\b|\bpods?\b|\bhelm\b|"
                         r"namespace|deadlock|\b(?:mobile|network|logical|null|ternary) operator",
                         re.IGNORECASE)  # fmt: skip
_DETERMINER = r"(?:the|an?|our|their|his|her|my|your|this|that|one|another)"
_MENTION = (
    rf"(?:{NAME}{{1,60}}|{ROLE}{{1,60}}"
    rf"|{_DETERMINER} {{1,3}}(?:[\w-]{{1,20}} {{1,3}}){{0,2}}{ROLE}{{1,60}})"
)
# A person behind a preposition, or the object of a relative clause, is not who acts next.
_AS_OBJECT = re.compile(
    r"(?:(?<!one )(?<!some )(?<!most )(?<!all )(?<!none )(?<!both )(?<!two )\bof"
    r"|\b(?:to|for|by|from|with|at|via|against|between|on|about)"
    r"|\b(?:that|which) (?:\w{2,20}(?:ed|s)|told|sent|woke))"
    rf" {{1,3}}{_MENTION}(?: {{1,3}}(?:and {{1,3}})?{_MENTION}){{0,3}}",
    re.IGNORECASE,
)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
# What only a person does: whoever does it is one, whatever the name.
_SPEAKS = re.compile(
    r"\b([A-Z][^\W\d_]{2,20})(?: [A-Z][^\W\d_]{1,20})?"
    r" (?:said|asked|wrote|noticed|decided|suggested|realised|realized|thought|forgot|apologised"
    r"|apologized|volunteered|suspected|remembered|proposed|wondered|neglected)\b"
)
# Who is blamed like this is a person too, if two words look like a name: not every capital is one.
_BLAMED = re.compile(
    r"\b([A-Z][^\W\d_]{2,20}) ([A-Z][^\W\d_]{1,20}(?:-[A-Z][^\W\d_]{1,20})?)"
    r" (?:(?:also|simply|just|again|really|had) )?(?:forgot|forgotten|neglected|botched|bungled"
    r"|overlooked|skipped|ignored|misread|misjudged|panicked"
    r"|(?:didn['’]t|did not) (?:bother|check|tell|ask|read)"
    r"|failed to (?:notice|escalate|tell|inform|ask|warn"
    r"|communicate|follow|check)|should have (?:known|noticed|asked|told|checked|escalated"
    r"|read|double))\b"
)
PARTS_OF_SYSTEMS = _listed(
    """
    agent api app balancer broker bucket build cache canary chain check checker client cloud cluster
    collector connector console consumer container controller core cron daemon dashboard database
    db deployer desk device dispatcher driver edge engine exporter farm feed filter firewall fleet
    function functions gateway grid handler health host hub importer index ingress instance job
    kernel layer library listener load loader lock mail manager mesh metrics mobile module monitor
    mirror network node notifier order orders page parser payment payments pipeline platform pool
    portal producer prober probe proxy query queue registry relay replica resolver route router rule
    runner runtime scanner scheduler script search sensor sentinel server service session shard
    sidecar site stack storage store stream studio suite sync system table task tier token tool
    tracker trigger tunnel validator watchdog watcher web webhook widget worker zone
    checkout billing catalog inventory shipping
    """
)
NOT_NAMES = _listed(
    """
    had has did was were will would could should may might must can if as so once after before since
    because although though unless until not the this that these those there then they when where
    which while what who why how she you
    and but nobody none one two both each everyone everybody someone somebody anyone customer
    customers user users support engineering security monitoring operations vendor management
    client clients merchants partners all some most many several another other others
    later meanwhile afterwards finally eventually yesterday today tonight again next first second
    monday tuesday wednesday thursday friday saturday sunday
    """
)


def name_words(text: str, names: Iterable[str]) -> frozenset[str]:
    """Every word that names a person: the parts of `names`, and who speaks or decides in `text`.
    Given names are in lower case, unless they are also English words; those seen in the text
    keep their capital, and count with it only."""
    whole = (unicodedata.normalize("NFC", name) for name in names)
    parts = {part for name in whole for part in re.findall(r"[^\W\d_][\w'’-]+", name)}
    given = {p if p.lower() in _ALSO_WORDS else p.lower().replace("’", "'") for p in parts}
    seen = {match[1] for match in _SPEAKS.finditer(text)}
    known = NOT_NAMES | SYSTEMS | _ROLE_WORDS
    things = known | PARTS_OF_SYSTEMS
    for first, last in _BLAMED.findall(text):
        if things.isdisjoint((first.lower(), last.lower())):
            seen.add(first)
        elif last.lower() in PARTS_OF_SYSTEMS:
            seen.discard(first)
    return frozenset(given | {word for word in seen if word.lower() not in known})


def tag_people(sentence: str, names: frozenset[str], people_before: bool = False) -> str:
    """The sentence, equally long, with every person replaced by NAME, ROLE or …_AS_OBJECT letters.

    "They" counts as people when a person was mentioned earlier in the sentence, or in the one
    before it (`people_before`).
    """
    sentence = _LEADS.sub(lambda m: ROLE * len(m[0]), sentence)
    tagged = list(sentence)
    is_kubernetes = _KUBERNETES.search(sentence) is not None
    surname_from = -1  # where a capitalised word would be the surname of the name just seen
    shouted = sentence.isupper()
    for match in _WORD.finditer(sentence):
        word = match[0].removesuffix("'s")
        length = len(word)
        word = unicodedata.normalize("NFC", word.capitalize() if shouted else word)
        after_name = match.start() == surname_from
        surname_from = -1
        kind = _kind(word, sentence[: match.start()][-8:], names)
        if (
            kind is None
            and after_name
            and not shouted
            and word[0].isupper()
            and word.lower() not in SYSTEMS
        ):
            kind = NAME
        if kind is None or (
            word.lower() in ("operator", "operators")
            and (is_kubernetes or _names_a_system(sentence[: match.start()]))
        ):
            continue
        if kind == NAME:
            surname_from = match.end() + 1
        tagged[match.start() : match.start() + length] = kind * length
    text = _they_are_people("".join(tagged), people_before)
    return _AS_OBJECT.sub(_as_object, text)


def _names_a_system(before: str) -> bool:
    """Whether the last word is a system's: "cert-manager", "Postgres"; but not "night-shift"."""
    last = before.split()[-1:] or [""]
    name = last[0].lower()
    return name in SYSTEMS or ("-" in name and name.rpartition("-")[2] in PARTS_OF_SYSTEMS)


def _kind(word: str, before: str, names: frozenset[str]) -> str | None:
    lower = word.lower()
    if word in names or (lower in names and lower not in _ALSO_WORDS):
        return NAME
    if word[0] == "@" and len(word) > 2:
        return NAME
    if lower in _ROLE_WORDS and word != "Teams":
        return ROLE
    if not word[0].isupper() or lower in SYSTEMS:
        return None
    if _TITLE.search(before) or (lower in GIVEN_NAMES and word[1:].islower()):
        return NAME
    return None


def _they_are_people(text: str, people_before: bool) -> str:
    def replaced(match: re.Match[str]) -> str:
        earlier = text[: match.start()]
        is_people = people_before or NAME in earlier or ROLE in earlier
        return ROLE * 4 if is_people else match[0]

    return _THEY.sub(replaced, text)


def _as_object(match: re.Match[str]) -> str:
    return match[0].replace(NAME, NAME_AS_OBJECT).replace(ROLE, ROLE_AS_OBJECT)
