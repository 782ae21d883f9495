//! The rules whose findings the build makes, by the names under which `cargo shelf explain` knows them.

#[cfg(feature = "pdf")]
pub(crate) const CHECKLIST_ONE_PAGE: &str = "checklist/one-page";
#[cfg(feature = "pdf")]
pub(crate) const CHECKLIST_UNPRINTABLE: &str = "checklist/unprintable";
pub(crate) const CLAIM_FAILED: &str = "sample/claim-failed";
pub(crate) const CONTENT_INVALID: &str = "content/invalid";
pub(crate) const DIRECTIVE_INVALID: &str = "directive/invalid";
pub(crate) const FILE_UNREADABLE: &str = "file/unreadable";
pub(crate) const KIT_UNPRINTABLE: &str = "kit/unprintable";
pub(crate) const MDBOOK_WARNING: &str = "mdbook/warning";
pub(crate) const NOTICE_LOST: &str = "sample/notice-lost";
pub(crate) const NOT_RUN: &str = "sample/not-run";
pub(crate) const RECORDING: &str = "sample/recording";
pub(crate) const SAMPLE_INVALID: &str = "sample/invalid";
pub(crate) const SECURITY_EXPIRED: &str = "site/security-expired";
pub(crate) const SLIDE_OVERFLOW: &str = "slide/overflow";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_explained() {
        for name in [
            #[cfg(feature = "pdf")]
            CHECKLIST_ONE_PAGE,
            #[cfg(feature = "pdf")]
            CHECKLIST_UNPRINTABLE,
            CLAIM_FAILED,
            CONTENT_INVALID,
            DIRECTIVE_INVALID,
            FILE_UNREADABLE,
            KIT_UNPRINTABLE,
            MDBOOK_WARNING,
            NOTICE_LOST,
            NOT_RUN,
            RECORDING,
            SAMPLE_INVALID,
            SECURITY_EXPIRED,
            SLIDE_OVERFLOW,
        ] {
            assert!(editorial::rule(name).is_some(), "{name}");
        }
    }
}
