//! Who gets an association, and who may list patients.

use dicom_dictionary_std::uids;
use dicom_ul::pdu::{
    AssociationRJ, AssociationRJResult, AssociationRJServiceProviderASCEReason as Acse,
    AssociationRJServiceProviderPresentationReason as Presentation,
    AssociationRJServiceUserReason as User, AssociationRJSource, AssociationRQ,
};

use crate::scene::{Archive, Called};

/// Version 1 of the protocol is bit 0 (PS3.8 §9.3.2).
const PROTOCOL_VERSION_1: u16 = 1;

/// Judges a request for an association as PS3.8 table 9-21 names the reasons.
pub(super) fn judge(archive: &Archive, request: &AssociationRQ) -> Result<(), AssociationRJ> {
    let refused = |source| {
        Err(AssociationRJ {
            result: AssociationRJResult::Permanent,
            source,
        })
    };
    if request.protocol_version & PROTOCOL_VERSION_1 == 0 {
        return refused(AssociationRJSource::ServiceProviderASCE(
            Acse::ProtocolVersionNotSupported,
        ));
    }
    if text(&request.application_context_name) != uids::DICOM_APPLICATION_CONTEXT {
        return refused(AssociationRJSource::ServiceUser(
            User::ApplicationContextNameNotSupported,
        ));
    }
    let called = text(&request.called_ae_title);
    if archive.called == Called::Checked && called != archive.ae_title.as_str() {
        return refused(AssociationRJSource::ServiceUser(
            User::CalledAETitleNotRecognized,
        ));
    }
    if !archive.calling.admit(text(&request.calling_ae_title)) {
        return refused(AssociationRJSource::ServiceUser(
            User::CallingAETitleNotRecognized,
        ));
    }
    Ok(())
}

/// The refusal of a server that has all the associations it takes.
pub(super) fn busy() -> AssociationRJ {
    AssociationRJ {
        result: AssociationRJResult::Transient,
        source: AssociationRJSource::ServiceProviderPresentation(Presentation::LocalLimitExceeded),
    }
}

/// A title or UID without its padding.
pub(super) fn text(padded: &str) -> &str {
    padded.trim_matches([' ', '\0'])
}
