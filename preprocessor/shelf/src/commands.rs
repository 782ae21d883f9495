//! What each command does, one a file.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod feed;
pub(crate) mod kit;
pub(crate) mod lab;
pub(crate) mod new;
pub(crate) mod numbers;
pub(crate) mod preprocess;
pub(crate) mod probe;
pub(crate) mod samples;
pub(crate) mod sbom;
pub(crate) mod serve;
