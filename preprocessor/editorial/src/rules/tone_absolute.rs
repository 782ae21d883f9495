//! Promises that nobody can keep.

use std::sync::LazyLock;

use super::tone::{Phrase, Tone};
use super::{Check, Findings, Rule};
use crate::passage::Reading;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "tone/absolute",
    wants: "A page promises no security that nobody can promise.",
    why: "No measure stops every attack, and one counterexample would cost the page its credit. Say \
          what a measure stops, where it was tried and what is left. A statement that something is \
          not safe, or not impossible, is no promise and may stay, and so may a wrong option of a quiz.",
    can_be_waived: true,
    check: Check::Reading(check),
};

static TONE: LazyLock<Tone> = LazyLock::new(|| Tone::new(LIST, &[]).unless_denied().unless_wrong());

fn check(_: &Shelf, reading: &Reading<'_>, findings: &mut Findings) {
    TONE.check(reading, findings);
}

const PROMISES: &str = "promises what nobody can keep";
const LEAVES_NOTHING: &str = "leaves no room for the next discovery";

const SAY_AGAINST_WHAT: &str = "say what it stops, and what is left";
const SAY_WHO_TRIED: &str = "say who tried what, and when";
const SAY_HOW_LIKELY: &str = "say what becomes harder, and for whom";

const fn promise(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: PROMISES,
        instead: SAY_AGAINST_WHAT,
    }
}

const fn limit(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: LEAVES_NOTHING,
        instead: SAY_HOW_LIKELY,
    }
}

const fn record(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: LEAVES_NOTHING,
        instead: SAY_WHO_TRIED,
    }
}

const LIST: &[Phrase] = &[
    promise(
        "completely|fully|totally|absolutely|entirely|perfectly|utterly|wholly \
         secure|secured|safe|protected|private|anonymous|immune",
    ),
    promise("100 % secure|safe|safety|security|protected|protection|private|anonymous|reliable"),
    promise("hundred percent secure|safe|protected|protection|security"),
    promise("hundred per cent secure|safe|protected|protection|security"),
    promise("perfect|complete|total|absolute security|safety|protection|privacy|anonymity"),
    promise("always secure|safe|protected"),
    promise("secure|safe|protected forever"),
    promise("unhackable|unbreakable|uncrackable|impenetrable|invulnerable|unassailable"),
    promise("bulletproof|foolproof|watertight|airtight|failsafe|tamperproof"),
    promise("bullet|fool|tamper|hacker|future proof"),
    promise("guarantee|guarantees|guaranteed|guaranteeing"),
    promise("eliminate|eliminates|eliminated|eliminating the|this|that risk|risks|threat|danger"),
    promise(
        "eliminate|eliminates|remove|removes|end|ends|stop|stops|prevent|prevents|exclude|excludes \
         all|every|any risk|risks|attack|attacks|attacker|attackers|threat|threats|danger|dangers",
    ),
    promise("zero|no risk|risks"),
    promise("risk free"),
    promise("military|bank grade"),
    promise("once and for all"),
    promise(
        "cannot|can't be|get hacked|breached|broken|cracked|compromised|attacked|intercepted|forged",
    ),
    promise(
        "never be hacked|breached|broken|cracked|compromised|attacked|stolen|leaked|exposed|read|\
         altered|forged|harmed|lost",
    ),
    promise("against all|every|any attack|attacks|threat|threats|danger|dangers"),
    promise("always be secure|safe|protected"),
    promise(
        "completely|fully|totally|absolutely|perfectly protect|protects|secure|secures|anonymise|anonymises|prevent|prevents",
    ),
    limit("make|makes|making _ impossible"),
    limit("nobody|no-one can break|crack|hack|breach|forge|decrypt|intercept"),
    limit("impossible to|for"),
    limit("can|could|will never"),
    limit("no attacker|hacker|criminal|stranger|intruder can|could|will"),
    limit("no attackers|hackers|criminals|strangers|intruders can|could|will"),
    limit("nobody|no-one will|could ever"),
    record("never been hacked|breached|broken|cracked|compromised|attacked"),
    record("no known attack|attacks|vulnerability|vulnerabilities|flaw|flaws"),
];
