//! `content/proof.toml` and `content/proof/*.toml`: the numbers we want to reach, and what was measured.
//!
//! People write the goals, and why one is missed. The bench writes the measures, and nobody else does. What
//! is derived from its figures (medians, ratios, growth, whether a goal is met) is worked out here each time,
//! so that no file can say otherwise.

mod goal;
mod measure;
mod series;
#[cfg(test)]
mod tests;

pub use goal::{Bound, Goal, Held, Standing};
pub use measure::{Case, Computer, Measure, MeasureFile, Unit};
pub use series::{Series, exponent};
