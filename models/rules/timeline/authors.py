"""Who said it: `Ada: …`, `@ada …`, `<ada> …`, and the name line of a text copied out of a chat.

Conservative on purpose. A wrong author puts words into somebody's mouth, a missing one costs
nothing: the name still stands in the text.
"""

from __future__ import annotations

import re

_HANDLE = re.compile(r"<@?([A-Za-z][\w.-]{1,30})>[:,]?\s|@([A-Za-z][\w.-]{1,30}):?\s(?=\S)")
_SPOKEN = re.compile(r"(?P<name>[^\W\d_][^:\n]{1,40}?)(?:\s?\([^()\n]{1,20}\))?:\s+(?=\S)")
# On Monday … Ada Lovelace <ada@…> wrote: · From Ada Lovelace to Everyone:
_WROTE = re.compile(
    r"(?P<name>[^<>:\n]{2,40}?)\s(?:<[^>\s]{3,80}>\s?)?(?:wrote|schrieb):\s*$", re.M
)
_TO_EVERYONE = re.compile(r"From\s{1,3}(?P<name>[^:\n]{1,40}?)\s{1,3}(?:[tT]o\s[^:\n]{1,40})?:\s")
_NAME_WORD = re.compile(r"[^\W\d_][a-zß-öø-ÿ]*(?:['’.-]?[^\W\d_][a-zß-öø-ÿ]+)*\.?$")
_HANDLE_WORD = re.compile(r"[A-Za-z][\w.-]{1,30}$")
_GROUPS = frozenset(("channel", "here", "everyone", "all", "team", "oncall", "on-call"))
# Capitalised words before a colon that head a sentence, a field or a machine's message.
_ORDINARY_WORDS = """
a access action actions added after alarm alarms alert alerts alertmanager all also an and another
answer api app application apache argo argocd as at author authors auth aws azure backend
background backup before begin billing bug build by cache call cassandra category cause causes cdn
chat check ci cloud cloudflare cloudfront cloudwatch cluster comment comments commit communication
conclusion config configuration confirmed consul contributing cpu critical customer customers
dashboard data database datadog date day debug decision decided declared deploy deployed
deployment description detail details detected detection diagnosis disk dns docker done duration
ec2 ecs edit edited eks elastic elasticsearch email end ended engineer engineering engineers error
errors escalated escalation etcd event events eventually evidence example failed failover fatal
finally finding findings first fix fixed flux follow-up followup found from frontend fyi gateway
gcp git github gitlab gke grafana haproxy health hello helm hi host hypothesis idea identified
immediately impact important in incident info infra infrastructure ingress initial initially
investigating investigation issue it jaeger jenkins jira job kafka kibana kiam kube kubernetes
lambda last later latency lead lesson lessons link linux load log logging login logs loki
management mail maintenance manual manually mariadb memcached memory message messages metric
metrics mitigated mitigation mongo mongodb monitor monitoring mysql nagios name network new
newrelic next nginx no node nodes notable note notes notice notification now observation observed
oncall ongoing online only operations ops opsgenie oracle our outage outcome outstanding owner
pagerduty paged partial payment payments pd people phase ping pipeline plan platform please pod
pods postgres postgresql postmortem problem process prod product production prometheus proxy ps qa
question queue rabbitmq rca rds reason reboot received recap recovered recovery redis region
reminder release report reported reply repository resolution resolved response restart result
results retry rollback root rollout router s3 sales saml schedule security sentry server servers
service services session severity sev sev0 sev1 sev2 sev3 shipped side since site slack slo sms
solution source splunk sre ssl staging start started state status statuspage step steps storage
sub subject success suggestion summary support suspected symptom symptoms system systems task
tasks team teams terraform test tests the then theory this ticket tier time timeline title tl;dr
tldr tls to todo tomcat total traefik traffic trigger triage trouble twilio twitter type unclear
understanding unknown update updated updates upgrade url user users vault vendor verified version
via vm volume vpc vpn warning warnings we web webhook website what when where who why wiki
workaround worker workers yes zabbix zendesk zone zoom zookeeper balancer page desk center centre
"""
_NOT_NAMES = frozenset(_ORDINARY_WORDS.split())


def author_of(text: str) -> str:
    """The person who says or did what `text` states, "" when it is not plain to see."""
    head = text[:80]
    if handle := _HANDLE.match(head):
        name = handle[1] or handle[2]
        return "" if name.lower() in _GROUPS else name
    spoken = _SPOKEN.match(head)
    if spoken and is_name(spoken["name"].strip()):
        return spoken["name"].strip()
    written = _TO_EVERYONE.match(text) if text.startswith("From") else None
    written = written or (_WROTE.match(text) if ":" in text[:160] else None)
    if written and is_name(written["name"].strip()):
        return written["name"].strip()
    return ""


def is_name(words: str) -> bool:
    """Whether `words` look like the name of a person: one to three capitalised words, none of
    which usually heads a sentence."""
    parts = words.split()
    return 1 <= len(parts) <= 3 and all(
        _NAME_WORD.match(part)
        and part[0].isupper()
        and part.lower().rstrip(".") not in _NOT_NAMES
        and not part.lower().endswith(("ing", "tion", "ment"))
        for part in parts
    )


def is_speaker(words: str, is_sure: bool = False) -> bool:
    """Whether `words`, alone above or before a time, can be who speaks: a name, a handle, a
    bot. Chat programs put nothing else there, so this asks for less than `is_name`, and for
    even less where the layout leaves no doubt (`is_sure`)."""
    parts = words.split()
    if len(parts) == 1:
        is_handle = _HANDLE_WORD.match(words) is not None
        return is_name(words) or (is_handle and (is_sure or words.lower() not in _NOT_NAMES))
    return (
        2 <= len(parts) <= 5
        and all(
            re.match(r"[^\W\d_a-zß-öø-ÿ]|(?:van|von|de|der|den|da|di|al|bin|la)$|\(", part)
            for part in parts
        )
        and not all(part.lower() in _NOT_NAMES for part in parts)
    )
