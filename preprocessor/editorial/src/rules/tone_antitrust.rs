//! Words that a room full of competitors must not say.

use std::sync::LazyLock;

use super::tone::{Phrase, Tone};
use super::{Check, Findings, Rule};
use crate::passage::Reading;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "tone/antitrust",
    wants: "A page speaks of no prices, boycotts, delivery dates, members' plans or rankings.",
    why: "Makers who compete with one another may read, write and quote these pages together, so \
          they keep to what antitrust law lets competitors say: what the standards contain, what \
          can be asked, what was found. Fines, losses and the cost of a failure are facts about the \
          world and may stay.",
    can_be_waived: true,
    check: Check::Reading(check),
};

static TONE: LazyLock<Tone> = LazyLock::new(|| Tone::new(LIST, HARMLESS));

fn check(_: &Shelf, reading: &Reading<'_>, findings: &mut Findings) {
    TONE.check(reading, findings);
}

const fn price(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: "speaks of what a product costs",
        instead: "leave price out; say what to ask for, and how to check it",
    }
}

const fn boycott(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: "calls on buyers or makers to act together",
        instead: "say what a buyer can ask, and leave the decision to each",
    }
}

const fn delivery(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: "speaks of when makers will deliver",
        instead: "say that the maker can be asked for the date",
    }
}

const fn plan(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: "speaks of what members or makers will do",
        instead: "say what is published and on what day, and nothing of plans",
    }
}

const fn rank(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: "ranks makers or products",
        instead: "say what was tested and what came out, without an order",
    }
}

const LIST: &[Phrase] = &[
    price("price|prices|priced|pricing|surcharge|surcharges|discount|discounts|rebate|rebates"),
    price(
        "cost|costs of a|an|the product|products|licence|licences|device|devices|scanner|scanners",
    ),
    price("licence|license|product|list fee|fees|cost|costs"),
    price("cheap|cheaper|cheapest|expensive|overpriced|affordable"),
    price("charge|charges|charged extra"),
    price("market share|shares"),
    price("profit margin|margins"),
    price("value for money"),
    boycott("boycott*"),
    boycott("blacklist*"),
    boycott("do not|never|don't buy|purchase|order"),
    boycott("don't|never buy|purchase|order"),
    boycott("refuse|refuses|refused|refusing to buy|purchase|sell|supply"),
    boycott("not|never|stop|avoid buy|buying|purchase|purchasing from"),
    boycott("stop|avoid buying|purchasing"),
    boycott("should|must not|never buy|purchase|sell|supply"),
    boycott("vendors|makers|manufacturers|suppliers should|must|ought not"),
    boycott(
        "vendors|makers|manufacturers|suppliers|buyers|hospitals|members must|should agree|unite",
    ),
    boycott("exclude|excluding vendors|makers|manufacturers|suppliers|bidders"),
    boycott("agree|agreed|agrees not to buy|sell|supply|compete"),
    boycott("avoid vendors|makers|manufacturers|suppliers|products"),
    boycott("collectively|jointly refuse|demand|insist|buy"),
    delivery("delivery|release|shipping|launch date|dates|schedule|schedules"),
    delivery(
        "ship|ships|deliver|delivers by|in january|february|march|april|may|june|july|august|\
              september|october|november|december|20*",
    ),
    delivery(
        "available in|from|by january|february|march|april|may|june|july|august|september|october|november|december|20*",
    ),
    delivery("roadmap|roadmaps"),
    delivery("will be released|shipped|delivered by|in"),
    plan("members|vendors|makers|manufacturers|suppliers will|plan|intend|promise|pledge"),
    plan("members|vendors|makers|manufacturers|suppliers have agreed|promised|pledged"),
    plan("committee|committees|nema|mita|industry will|plans|intends|promises"),
    plan("working group will|plans|intends|promises"),
    rank(
        "best|worst|leading|top|safest|foremost|inferior|superior vendor|vendors|maker|makers|\
          manufacturer|manufacturers|supplier|suppliers|product|products|brand|brands",
    ),
    rank("market leader|leaders"),
    rank(
        "most|least|more|less secure|safe|vulnerable vendor|vendors|maker|makers|manufacturer|\
          manufacturers|product|products|brand|brands",
    ),
    rank("better|worse|safer than its|their|other competitors|rivals|vendors|makers|products"),
    rank("better|worse|safer than other|all archives|products|vendors|makers|servers|scanners"),
    rank("top|best rated|selling"),
    rank("best in class"),
    rank("best of breed"),
    rank("outperform*"),
    rank("ranking|rankings"),
    rank("competitor|competitors|rival|rivals"),
    rank("recommended vendor|vendors|maker|makers|supplier|suppliers|product|products"),
];

/// Longer phrases in which such words are about something else.
const HARMLESS: &[&str] = &[
    "pay|pays|paid|paying the|a price",
    "has|have|had|at a price",
    "rival|rivals claim|claims|reading|readings",
];
