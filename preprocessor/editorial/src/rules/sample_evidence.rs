//! What the build finds out about samples when the scanners run.

use super::{Check, Rule};

pub(super) const INVALID: Rule = Rule {
    name: "sample/invalid",
    wants: "A sample names a scene, a scanner and claims that exist, and a scene says what it means.",
    why: "A sample that cannot be run proves nothing. `cargo shelf samples list` shows all of them.",
    can_be_waived: false,
    check: Check::Build,
};

pub(super) const CLAIM_FAILED: Rule = Rule {
    name: "sample/claim-failed",
    wants: "What a sample claims holds on every run.",
    why: "A sentence about what a scanner shows must not quietly stop being true. The claim is \
          judged on what the scanner found, not on how it worded it.",
    can_be_waived: false,
    check: Check::Build,
};

pub(super) const NOT_RUN: Rule = Rule {
    name: "sample/not-run",
    wants: "Every sample can be run, or shown from its recording.",
    why: "Output that nobody produced is not shown. What this machine cannot run is shown from its \
          recording: the page says so, and the build warns. With --samples require-live, or without \
          a recording, it is an error.",
    can_be_waived: false,
    check: Check::Build,
};

pub(super) const NOTICE_LOST: Rule = Rule {
    name: "sample/notice-lost",
    wants: "Every notice of a sample points at a line that the scanner printed.",
    why: "A numbered note without its line would leave the reader searching. A notice quotes words \
          of its line; when a scanner words things anew, choose the words anew.",
    can_be_waived: false,
    check: Check::Build,
};

pub(super) const RECORDING: Rule = Rule {
    name: "sample/recording",
    wants: "A recording belongs to its sample as it is today, and a fresh run finds the same.",
    why: "A recording of another scene, or one that a fresh run no longer bears out, would be a \
          memory sold as evidence. `cargo shelf samples record ID` makes a new one.",
    can_be_waived: false,
    check: Check::Build,
};
