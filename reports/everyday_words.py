"""Names and logins that are everyday words too: in lower case they are the word, not the person."""

from __future__ import annotations

import re

# Capitalised at the start of a sentence and followed by a word such as "the", they are the word
# too; so are the months behind "in" or before a number.
MONTHS = frozenset({"may", "april", "june", "august"})
# Also written in capitals for emphasis.
GRAMMAR = frozenset(
    re.findall(r"\w+", "may will can are so an do he even per all any our own see say am us it is")
)
# Never a form of a name by themselves, nor a person when nothing else stands there: what a broken
# import may have put in the place of an owner.
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and any anybody anyone as at be because been but by each everybody everyone for from
        had has have if in into is it its me my n na next no nobody none not now of off on or our
        out over she someone somebody tba tbc tbd than that the their them then there these they
        this those to too under unknown until up was we were what when where which who whom with
        without you your
        """,
    )
)
# Capital letters that stand for something else than a person.
ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        """
        AA AB AC AD AI AM AP AR AS AT AU AV AZ BA BC BE BI BU CA CC CD CE CI CM CN CO CP CS CT CV
        DB DC DE DI DK DM DO DR DS EA EC EE EM EN EP ES ET EU EX FE FF FI FR FS FX FY GA GB GC GE
        GH GK GM GO GP GS HA HE HK HP HQ HR HW HS IA IC ID IE IF II IM IN IO IP IQ IR IS IT IV JS
        JP JR KB KM KO KR LA LB LF LS MA MB MC MD ME ML MM MO MP MQ MR MS MX NA NB NO NS NY OF OK
        OK ON OP OR OS OT PA PC PD PG PH PI PK PL PM PO PR PS PT PV QA QC QE RC RD RE RO RP RR RS
        RT RW SA SC SD SE SF SG SH SK SL SM SO SP SQ SR SS ST SU TB TC TF TL TM TO TS TV TX TZ UI
        UK UP US UT UX VC VI VM VP VR VS WA WC WE WS XL XP ZK ACL ADR AFK AKS AMI API APM APP ARM
        ARN ASG ASN AST AWS BAU BGP BST CDC CDN CEO CET CFO CLI CMS CNI CPU CRC CRD CRM CSP CSS
        CSV CTO CVE DAG DBA DDL DLQ DML DNS DOM DOS DST EBS ECR ECS EKS ELB ELK EMR EOD ERP EST ETA
        ETL FAQ FTP GCE GCP GCS GDP GIT GKE GMT GPU GUI HPA HSM IAM ICU IDE IDS IOS IPC IPS ISO ISP
        IST JAR JDK JIT JMX JSX JVM JWT KMS KPI LAN LDB LRU LTS LVM MAC MFA MIT MQ MSK MTU NAS NAT
        NFS NIC NLB NOC NPM NTP OOM ORM PDF PDT PHP PID PII POC POP PST PVC QPS RAM RBD RCA RDS RFC
        RPC RPM RPO RPS RSA RTO RTT SAN SAP SDK SEV SLA SLI SLO SMS SMB SNI SNS SPA SPF SQL SQS SRE
        SSD SSH SSL SSO SSR STS SVC TCP TLD TLS TPS TSV TTL TTR UAT UDP UID UPS URI URL USB UTC VAT
        VIP VLB VPC VPN WAF WAL WAN WIP XML XSS YML ZIP
        """,
    )
)
EVERYDAY = (
    MONTHS
    | GRAMMAR
    | frozenset(
        re.findall(
            r"\w+",
            """
            abbot abort about after again alarm alert alone along also amber angel apart archer
            arrow art ash aside autumn avoid await baker ball ban bang banks barber bark barker
            barn baron bash basil bass bat battle bay beach bear beard been bell below bent berry
            best bill birch bird bishop bit black blame blank blast bliss block bloom blossom bob
            bolt bond book booker both bow brake branch brand bray break bridge bridges brook
            brooks brown brush buck bud build bull burns bush butler cache call camp can cane
            carol carpenter carter case cash castle cat cause chain chance chandler chapel charity
            chase chat chi chin chip chow christian church clan clap clay clean clear click cliff
            clock clone close cloud coal coats constance cook cooper cope could court crane crash
            crisp cross crouch crow crush crystal cutter dag daisy dale dancer dare darling dash
            data dawn day dean del den der diamond dick dodge does don done dong dot dove drain
            drake drew drinker drive driver drum duke dump eager earl early earnest east elder
            error eve every fair fairly faith false fan farmer fast few fiddler field fields finch
            fine first fish fisher fix flank flash flint flood flower flowers flush fond foot ford
            forest fort fortune found fox frame frank free freedom friend from frost fry gale gang
            garden gardener gate gates gay gene gentle glad glade glass glen gold golden good
            goodman grace grand grant grave gray great green grey grown guard guest gun guy hall
            ham hand hands handy hang hardy hare hart hat have hawk hazel head heath heather hedge
            here hers high hill hills holder holly home homes honor honour hood hook hope hopper
            horn host house hub hung hunt hunter hurt ice into iris iron irons ivy jack jade jar
            jay jewel joker jolly josh joy judge jump just justice keen key keys kind king kitchen
            knight known lake lamb lance lane lang large last late law leaf lean least legend
            lemon level liberty light lily line link lint lion list little load lock loft log lone
            long loop lord lot love low luck mac mad made mail main major make maker man manger
            march
            mark marks marsh marshal marshall mason mat match max mayor mead meadow media men
            merchant mercy merry mike miles miller mills mind mint misty mode money monk moody
            moon moor more moss most mount mouse much must nail nan near need net never new next
            nice nick niece night noble none norm north note null nurse oak odd old ole olive only
            onto open other over page pan paper park parker parks part partner pass pat patience
            peace pear pearl peg penny pepper pi pick pickle pierce pike pin pine ping piper pit
            place plain plane plant player plumber point pole poll pond pony pool pope porter post
            pot potter pound power press price prince print probe proud proxy prudence pump punch
            purse queue quick rail rain raise ram ran rank raven ray read reader real reason
            record red reed render reset rest rice rich right ring rise rivers road rob robin rock
            rod roller roof room root rope rose round route row ruby rule rush rusty sage sail
            sailor sale salt same sample sand sands sandy savage sawyer scale scope score scout
            sea seal seed seen self sell sent sergeant shall shard share sharp shepherd shield
            shift ship shipman shop shore short show shut sid side sign silver simple since sing
            singer single six skill skinner skip sky slack slate slim slow small smart smash smith
            snap snow sol sole some song soon sound south space spark spear speed spice spike
            split spot spring square squire stable stack staff stag stage stand star stars start
            stash state steel stem step stick stig still stock stone storm stormy story strange
            stream street stringer strong style such sue sugar summer summers sun sung sunny sure
            swan sweet swift swing sword table tag tail take taken tall tan tank tanner taylor
            team ted tell temple test than that their them then there these they thin thing think
            this thorn those thread three tide time timer tinker today told toll toner took tool
            top tor tower towers town trace track train trash tree trigger trip troll trout true
            trust truth tube tucker turn turner twin tyler under until upon upright used user
            using vale valley value van vane very vice victor victory view vine violet wade wait
            wake walker wall walls want war ward warden warm wash watch water waters way weather
            weaver web weed weeks weir well wells went were west what wheel wheeler when where
            which while whistler white whole wide wild will wind winds wing winner winter wire
            wise with wolf wolfe wonder wood woods work worker worth would write writer wrong yard
            year years young younger your zone
            """,
        )
    )
)
