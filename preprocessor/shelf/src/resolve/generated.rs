//! Parts of pages that are made from the registry and from the rules.

use editorial::{RULES, Shelf, Term, anchors};

use super::Form;
use super::escape::{html, markdown, prose};

/// Every rule with what it wants and why: the same text as `cargo shelf explain`.
pub(super) fn rules() -> String {
    let mut page = String::new();
    for rule in RULES {
        let id = anchors::rule_id(rule);
        page.push_str(&format!(
            "## `{}` {{#{id}}}\n\n**{}**\n\n{} {}\n\n",
            rule.name,
            rule.wants,
            rule.why,
            rule.waiver(),
        ));
    }
    page
}

/// Every term of the glossary in the order of the alphabet.
pub(super) fn glossary(shelf: &Shelf, form: Form) -> String {
    let terms = &shelf.terms.entries;
    let mut terms: Vec<_> = terms.iter().zip(anchors::term_slugs(terms)).collect();
    terms.sort_by_key(|(term, _)| term.term.value.to_lowercase());
    match form {
        Form::Html => {
            let entries = terms.iter().map(|(term, slug)| html_entry(term, slug));
            format!(
                "<dl class=\"glossary\">{}</dl>\n",
                entries.collect::<String>()
            )
        }
        Form::Plain => terms.iter().map(|(term, _)| plain_entry(term)).collect(),
    }
}

/// An entry with the id to which the pages link.
fn html_entry(term: &Term, slug: &str) -> String {
    let id = html(&anchors::term_id(slug));
    let expansion = term.expansion.as_ref();
    let expansion = expansion.map_or(String::new(), |expansion| {
        format!(" <span class=\"expansion\">({})</span>", html(expansion))
    });
    format!(
        "<dt id=\"{id}\"><dfn>{}</dfn>{expansion}</dt><dd>{}</dd>",
        html(&term.term.value),
        prose(&term.plain.value)
    )
}

fn plain_entry(term: &Term) -> String {
    let expansion = term.expansion.as_ref();
    let expansion = expansion.map_or(String::new(), |expansion| {
        format!(" ({})", markdown(expansion))
    });
    format!(
        "**{}**{expansion}\n: {}\n\n",
        markdown(&term.term.value),
        markdown(&term.plain.value)
    )
}
