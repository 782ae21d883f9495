//! Two sides, in turn: A B A B.

use std::process::Command;

use anyhow::Result;

use crate::program::{memory, timed};
use crate::record::Case;

/// Measures a case of two commands: each once uncounted for its memory, then in turn. `good` are the exit
/// statuses with which the peer says that it did its work.
pub(crate) fn in_turn(
    name: &str,
    runs: usize,
    ours: &mut Command,
    (peer, good): (&mut Command, &[i32]),
) -> Result<Case> {
    let our_memory = memory(ours, &[0])?;
    let peer_memory = memory(peer, good)?;
    let case = alternate(name, runs, || timed(ours, &[0]), || timed(peer, good))?;
    Ok(Case {
        our_memory,
        peer_memory,
        ..case
    })
}

/// Measures a case of two things that tell what they took.
pub(crate) fn alternate(
    name: &str,
    runs: usize,
    mut ours: impl FnMut() -> Result<f64>,
    mut peer: impl FnMut() -> Result<f64>,
) -> Result<Case> {
    let mut case = Case::new(name);
    for run in 1..=runs {
        let (one, other) = (ours()?, peer()?);
        eprintln!("{name}, run {run} of {runs}: ours {one:.4}, peer {other:.4}");
        case.ours.push(one);
        case.peer.push(other);
    }
    Ok(case)
}

/// Measures a case of one side alone.
pub(crate) fn alone(
    name: &str,
    runs: usize,
    mut ours: impl FnMut() -> Result<f64>,
) -> Result<Case> {
    let mut case = Case::new(name);
    for run in 1..=runs {
        let one = ours()?;
        eprintln!("{name}, run {run} of {runs}: {one:.4}");
        case.ours.push(one);
    }
    Ok(case)
}
