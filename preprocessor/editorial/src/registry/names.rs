//! `content/names.toml`: vendor and product names, and where each may stand.

use crate::fields::{Fields, Placed, read_toml};
use crate::finding::Misfit;

/// Where a name may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameClass {
    /// A tool that illustrates: anywhere but where a buyer decides, and the page says it is an example.
    Illustration,
    /// An organisation that published a figure or a study: wherever it is cited.
    Research,
    /// A name that belongs to a dated public event: in an incident sheet or a paper.
    Incident,
    /// Nowhere in our prose.
    Never,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as it stands in a text; letters count as written.
    pub name: Placed<String>,
    /// Where it may stand.
    pub class: NameClass,
}

impl Name {
    pub(crate) fn parse_all(text: &str) -> (Vec<Name>, Vec<Misfit>) {
        let (entries, mut misfits) = read_toml(text, 0, |fields| {
            let names = fields.tables("name", read_name);
            names.into_iter().flatten().collect::<Vec<_>>()
        });
        super::refuse_twins(entries.iter().map(|name| &name.name), &mut misfits);
        (entries, misfits)
    }
}

fn read_name(fields: &mut Fields<'_>) -> Option<Name> {
    let name = fields.required_text("name", "write the name as it stands in a text");
    let class = fields.choice(
        "class",
        &[
            ("illustration", NameClass::Illustration),
            ("research", NameClass::Research),
            ("incident", NameClass::Incident),
            ("never", NameClass::Never),
        ],
    );
    Some(Name {
        name: name?,
        class: class?.value,
    })
}
