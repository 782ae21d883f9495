//! Words that defend, blame, talk down or scare.

use std::sync::LazyLock;

use super::tone::{Phrase, Tone};
use super::{Check, Findings, Rule};
use crate::passage::Reading;
use crate::shelf::Shelf;

pub(super) const RULE: Rule = Rule {
    name: "tone/defensive",
    wants: "A page does not defend itself, blame anybody, talk down or scare.",
    why: "A reader who meets an excuse looks for what is being excused, and one who feels blamed \
          stops reading. Say what happened, what it means and what can be done; let the facts carry \
          the weight. Each finding says what to write instead. Quotations are left alone.",
    can_be_waived: true,
    check: Check::Reading(check),
};

static TONE: LazyLock<Tone> = LazyLock::new(|| Tone::new(LIST, HARMLESS));

fn check(_: &Shelf, reading: &Reading<'_>, findings: &mut Findings) {
    TONE.check(reading, findings);
}

const EXCUSES: &str = "sounds like an excuse";
const BLAMES: &str = "blames somebody";
const DOUBTS: &str = "doubts a critic in place of an answer";
const TALKS_DOWN: &str = "talks down to a reader who did not know";
const PLAYS_DOWN: &str = "plays down what follows";
const SCARES: &str = "scares where a fact would do";

const STATE_THE_FACT: &str = "leave it out, and state the fact";
const SAY_WHAT_TO_DO: &str = "say what happened, and what to do about it";
const ANSWER_IT: &str = "say what was reported, then what is known";
const LEAVE_OUT: &str = "leave it out";
const GIVE_THE_NUMBER: &str = "give the number, the date or the effect, and let the reader judge";

const fn excuse(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: EXCUSES,
        instead: STATE_THE_FACT,
    }
}

const fn blame(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: BLAMES,
        instead: SAY_WHAT_TO_DO,
    }
}

const fn doubt(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: DOUBTS,
        instead: ANSWER_IT,
    }
}

const fn talk_down(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: TALKS_DOWN,
        instead: LEAVE_OUT,
    }
}

const fn play_down(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: PLAYS_DOWN,
        instead: LEAVE_OUT,
    }
}

const fn scare(words: &'static str) -> Phrase {
    Phrase {
        words,
        does: SCARES,
        instead: GIVE_THE_NUMBER,
    }
}

const LIST: &[Phrase] = &[
    excuse("unfortunately|regrettably|sadly|alas"),
    excuse("we regret|apologise"),
    excuse("we are sorry|proud"),
    excuse("in our defence"),
    excuse("to be fair"),
    excuse("in fairness"),
    excuse("not our|dicom's|its|their|anyone's|anybody's fault|responsibility"),
    excuse("not the fault|responsibility of"),
    excuse("no fault of"),
    excuse("cannot|can't be blamed"),
    excuse("through no fault"),
    excuse("is|are|was|were not to blame"),
    excuse("beyond our control"),
    excuse("did nothing wrong"),
    excuse("nothing to do with us|dicom"),
    excuse("has|have always been secure|safe"),
    excuse("takes|take security _ seriously"),
    excuse("takes|take security seriously"),
    excuse("contrary to"),
    excuse("despite what"),
    blame(
        "user|users|hospital|hospitals|administrator|administrators|vendor|vendors|maker|makers|\
           staff|people|customers|operators fail|fails|failed to",
    ),
    blame("failure of users|hospitals|administrators|staff|customers|operators"),
    blame(
        "users|hospitals|administrators|staff|customers|operators should|ought|must know|have \
           known better",
    ),
    blame("users|hospitals|administrators|vendors|makers|operators|staff have|had failed to"),
    blame("user|hospital|administrator|vendor|maker|operator has|had failed to"),
    blame("know|known better"),
    blame("only themselves to blame"),
    blame("is|are|was|were to blame"),
    blame("fault of the|users|hospitals|administrators|staff|customers"),
    blame("user|human error"),
    blame(
        "careless|negligent|lazy|sloppy|incompetent user|users|hospital|hospitals|\
           administrator|administrators|staff|vendor|vendors|maker|makers",
    ),
    blame("carelessness|negligence|sloppiness|incompetence|ignorance"),
    blame("neglect|neglects|neglected to"),
    blame("stupid|foolish|idiotic|naive|naïve"),
    doubt("so called"),
    doubt("alleged|allegedly|purported|purportedly|supposedly"),
    doubt(
        "alarmist|alarmism|sensationalist|sensational|sensationalism|scaremongering|hype|hyped|\
           hysteria|fearmongering",
    ),
    doubt(
        "misleading|mistaken|false|inaccurate|unfair|irresponsible|exaggerated report|reports|\
           headline|headlines|claim|claims|article|articles|story|stories|coverage|reporting|media",
    ),
    doubt(
        "media|press|journalists|reporters|researchers misrepresent*|exaggerat*|misunderst*|\
           mislead|misled",
    ),
    doubt("blown out of proportion"),
    doubt("fake news"),
    doubt("misconception|misconceptions"),
    doubt("critics claim|say|allege|ignore|overlook"),
    doubt("unfairly|wrongly blame|blames|blamed|claim|claims|claimed|accuse|accuses|accused"),
    doubt("some would have you"),
    talk_down("of course"),
    talk_down("obviously"),
    talk_down("it is|was obvious"),
    talk_down("clearly the|this|that|it|they|we|not"),
    talk_down("is|are|was|were clearly"),
    talk_down("naturally"),
    talk_down("needless to say"),
    talk_down("it goes without saying"),
    talk_down("as everybody|everyone knows"),
    talk_down("as is well known"),
    talk_down("as you should|may|will know"),
    talk_down("trivial|trivially"),
    talk_down("simply"),
    talk_down("it is easy to"),
    talk_down("all you need|have to do"),
    talk_down("surely|undoubtedly|undeniably|indisputably"),
    talk_down("in fact"),
    play_down("merely"),
    play_down("nothing but"),
    play_down("nothing more than"),
    play_down("only theoretical"),
    play_down("purely theoretical"),
    play_down("no cause|reason|need for alarm|panic|concern|worry"),
    play_down("no need to worry|panic"),
    play_down("rest assured"),
    play_down("harmless enough"),
    scare("alarming|alarmingly"),
    scare("shocking|shockingly"),
    scare("terrifying|frightening|horrifying|scary"),
    scare("catastroph*"),
    scare("disastrous|devastating|nightmare|nightmares"),
    scare("ticking time bomb"),
    scare("time bomb"),
    scare("wild west"),
    scare("sitting duck|ducks"),
    scare("wide open"),
    scare("huge|massive|enormous|staggering|gigantic"),
    scare("skyrocket*|explod*"),
    scare("rampant|epidemic|plague|plagued"),
    scare("cyber armageddon|war|weapon|weapons"),
    scare("at the mercy of"),
    scare("hackers|criminals|attackers everywhere"),
    scare("lives are at stake|risk"),
    scare("sobering|dire|chilling"),
];

/// Longer phrases in which such words are about something else.
const HARMLESS: &[&str] = &["is|are|was|were clearly marked|labelled|written|separated|stated"];
