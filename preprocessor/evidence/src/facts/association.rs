//! What became of the request for an association (PS3.8 §9.3).

use std::fmt;

use dicom_ul::pdu::{
    AbortRQSource, AssociationRJ, AssociationRJResult, AssociationRJServiceProviderASCEReason,
    AssociationRJServiceProviderPresentationReason, AssociationRJServiceUserReason,
    AssociationRJSource, PresentationContextResultReason,
};
use serde::{Deserialize, Serialize};

use crate::clean::Clean;

/// The answer to A-ASSOCIATE-RQ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Association {
    /// It was not asked for.
    NotTried,
    /// It was asked for, and no DICOM came back.
    Unanswered,
    /// A-ASSOCIATE-AC: the caller is let in.
    Accepted(Acceptance),
    /// A-ASSOCIATE-RJ: the caller is turned away, with a reason.
    Rejected(Rejection),
    /// A-ABORT: the conversation was broken off.
    Aborted(AbortSource),
}

/// An association's outcome without its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssociationOutcome {
    /// It was not asked for.
    NotTried,
    /// No DICOM came back.
    Unanswered,
    /// The caller was let in.
    Accepted,
    /// The caller was turned away.
    Rejected,
    /// The conversation was broken off.
    Aborted,
}

impl Association {
    /// The outcome without its details.
    pub fn outcome(&self) -> AssociationOutcome {
        match self {
            Association::NotTried => AssociationOutcome::NotTried,
            Association::Unanswered => AssociationOutcome::Unanswered,
            Association::Accepted(_) => AssociationOutcome::Accepted,
            Association::Rejected(_) => AssociationOutcome::Rejected,
            Association::Aborted(_) => AssociationOutcome::Aborted,
        }
    }
}

impl fmt::Display for AssociationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AssociationOutcome::NotTried => "not tried",
            AssociationOutcome::Unanswered => "not answered",
            AssociationOutcome::Accepted => "accepted",
            AssociationOutcome::Rejected => "rejected",
            AssociationOutcome::Aborted => "aborted",
        })
    }
}

impl fmt::Display for Association {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.outcome())?;
        match self {
            Association::NotTried | Association::Unanswered => Ok(()),
            Association::Accepted(accepted) => match accepted.services().count() {
                0 => f.write_str(" with no service"),
                _ => Ok(()),
            },
            Association::Rejected(rejection) => write!(f, " {rejection}"),
            Association::Aborted(source) => write!(f, " by {source}"),
        }
    }
}

/// What an accepting server said about itself and our proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Acceptance {
    /// The result for each service proposed, in that order; a service the
    /// server did not mention is missing.
    pub contexts: Vec<Context>,
    /// Implementation Class UID (PS3.7 §D.3.3.2).
    pub implementation: Option<Clean>,
    /// Implementation Version Name: often product and version, given to
    /// anybody before any login (PS3.7 §D.3.3.2).
    pub implementation_version: Option<Clean>,
}

impl Acceptance {
    /// The services that can be used.
    pub fn services(&self) -> impl Iterator<Item = Service> + '_ {
        self.contexts
            .iter()
            .filter(|context| context.result == ContextResult::Accepted)
            .map(|context| context.service)
    }
}

/// The result for one proposed service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Context {
    /// What was proposed.
    pub service: Service,
    /// What the server made of it.
    pub result: ContextResult,
}

/// The services our scanners propose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Verification, i.e. C-ECHO (PS3.4 annex A).
    Verification,
    /// Patient Root Query/Retrieve FIND (PS3.4 annex C).
    PatientRootFind,
}

/// The result of one presentation context (PS3.8 table 9-18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContextResult {
    /// It can be used.
    Accepted,
    /// The server's user does not want it.
    UserRejection,
    /// Refused without a reason.
    NoReason,
    /// The server does not know the service.
    AbstractSyntaxNotSupported,
    /// The server knows none of the encodings.
    TransferSyntaxesNotSupported,
}

impl From<&PresentationContextResultReason> for ContextResult {
    fn from(reason: &PresentationContextResultReason) -> ContextResult {
        match reason {
            PresentationContextResultReason::Acceptance => ContextResult::Accepted,
            PresentationContextResultReason::UserRejection => ContextResult::UserRejection,
            PresentationContextResultReason::NoReason => ContextResult::NoReason,
            PresentationContextResultReason::AbstractSyntaxNotSupported => {
                ContextResult::AbstractSyntaxNotSupported
            }
            PresentationContextResultReason::TransferSyntaxesNotSupported => {
                ContextResult::TransferSyntaxesNotSupported
            }
        }
    }
}

/// An A-ASSOCIATE-RJ, by the words of PS3.8 table 9-21.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rejection {
    /// Whether asking again could help.
    pub result: Permanence,
    /// Which part of the server refused.
    pub source: RejectSource,
    /// Why.
    pub reason: RejectReason,
}

impl Rejection {
    /// A rejection whose codes the standard does not define.
    pub const UNDEFINED: Rejection = Rejection {
        result: Permanence::Undefined,
        source: RejectSource::Undefined,
        reason: RejectReason::Undefined,
    };
}

/// The result field of a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permanence {
    /// The same request will fail again.
    Permanent,
    /// It may succeed later: the server is busy.
    Transient,
    /// A code the standard does not define.
    Undefined,
}

/// The source field of a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectSource {
    /// The application.
    ServiceUser,
    /// The protocol layer, about the request itself.
    ServiceProviderAcse,
    /// The protocol layer, about its own capacity.
    ServiceProviderPresentation,
    /// A code the standard does not define.
    Undefined,
}

/// The reason field of a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// It does not say.
    NoReasonGiven,
    /// It does not speak DICOM's application context.
    ApplicationContextNameNotSupported,
    /// The calling title is not on its list.
    #[serde(rename = "calling-ae-title-not-recognized")]
    CallingAeTitleNotRecognized,
    /// The called title is not its own.
    #[serde(rename = "called-ae-title-not-recognized")]
    CalledAeTitleNotRecognized,
    /// It speaks another version of the protocol.
    ProtocolVersionNotSupported,
    /// It is overloaded.
    TemporaryCongestion,
    /// It takes no more associations.
    LocalLimitExceeded,
    /// A code the standard keeps for later.
    Reserved,
    /// A code the standard does not define.
    Undefined,
}

impl From<&AssociationRJ> for Rejection {
    fn from(pdu: &AssociationRJ) -> Rejection {
        use AssociationRJServiceProviderASCEReason as Acse;
        use AssociationRJServiceProviderPresentationReason as Presentation;
        use AssociationRJServiceUserReason as User;
        let result = match pdu.result {
            AssociationRJResult::Permanent => Permanence::Permanent,
            AssociationRJResult::Transient => Permanence::Transient,
        };
        let (source, reason) = match &pdu.source {
            AssociationRJSource::ServiceUser(reason) => (
                RejectSource::ServiceUser,
                match reason {
                    User::NoReasonGiven => RejectReason::NoReasonGiven,
                    User::ApplicationContextNameNotSupported => {
                        RejectReason::ApplicationContextNameNotSupported
                    }
                    User::CallingAETitleNotRecognized => RejectReason::CallingAeTitleNotRecognized,
                    User::CalledAETitleNotRecognized => RejectReason::CalledAeTitleNotRecognized,
                    User::Reserved(_) => RejectReason::Reserved,
                },
            ),
            AssociationRJSource::ServiceProviderASCE(reason) => (
                RejectSource::ServiceProviderAcse,
                match reason {
                    Acse::NoReasonGiven => RejectReason::NoReasonGiven,
                    Acse::ProtocolVersionNotSupported => RejectReason::ProtocolVersionNotSupported,
                },
            ),
            AssociationRJSource::ServiceProviderPresentation(reason) => (
                RejectSource::ServiceProviderPresentation,
                match reason {
                    Presentation::TemporaryCongestion => RejectReason::TemporaryCongestion,
                    Presentation::LocalLimitExceeded => RejectReason::LocalLimitExceeded,
                    Presentation::Reserved(_) => RejectReason::Reserved,
                },
            ),
        };
        Rejection {
            result,
            source,
            reason,
        }
    }
}

impl fmt::Display for RejectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RejectReason::NoReasonGiven => "no reason given",
            RejectReason::ApplicationContextNameNotSupported => {
                "application context name not supported"
            }
            RejectReason::CallingAeTitleNotRecognized => "calling AE title not recognized",
            RejectReason::CalledAeTitleNotRecognized => "called AE title not recognized",
            RejectReason::ProtocolVersionNotSupported => "protocol version not supported",
            RejectReason::TemporaryCongestion => "temporary congestion",
            RejectReason::LocalLimitExceeded => "local limit exceeded",
            RejectReason::Reserved => "a reserved code",
            RejectReason::Undefined => "a code the standard does not define",
        })
    }
}

impl fmt::Display for RejectSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RejectSource::ServiceUser => "service user",
            RejectSource::ServiceProviderAcse => "service provider (ACSE)",
            RejectSource::ServiceProviderPresentation => "service provider (presentation)",
            RejectSource::Undefined => "undefined source",
        })
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rejection {
            result,
            source,
            reason,
        } = self;
        match result {
            Permanence::Transient => write!(f, "for now by {source}: {reason}"),
            Permanence::Permanent | Permanence::Undefined => write!(f, "by {source}: {reason}"),
        }
    }
}

/// Who sent an A-ABORT (PS3.8 §9.3.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AbortSource {
    /// The application.
    ServiceUser,
    /// The protocol layer.
    ServiceProvider,
    /// A code the standard does not define, or keeps for later.
    Undefined,
}

impl From<&AbortRQSource> for AbortSource {
    fn from(source: &AbortRQSource) -> AbortSource {
        match source {
            AbortRQSource::ServiceUser => AbortSource::ServiceUser,
            AbortRQSource::ServiceProvider(_) => AbortSource::ServiceProvider,
            AbortRQSource::Reserved => AbortSource::Undefined,
        }
    }
}

impl fmt::Display for AbortSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AbortSource::ServiceUser => "service user",
            AbortSource::ServiceProvider => "service provider",
            AbortSource::Undefined => "undefined source",
        })
    }
}
