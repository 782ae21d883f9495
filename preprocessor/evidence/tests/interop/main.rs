//! Our lab and our probe against the programs others use.
//!
//! DCMTK's clients call our lab as they are. DCMTK's servers and Orthanc bind
//! every interface, so they stand in a private network namespace that has
//! nothing but loopback; the test runs itself again in there (see `cage`).
#![allow(clippy::unwrap_used, missing_docs)]

mod cage;
mod clients;
mod servers;
mod tool;
