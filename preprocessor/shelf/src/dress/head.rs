//! What the head of a page says about it.

use editorial::Page;

use crate::resolve::escape::html;

/// The policy and the description of a page.
pub(super) fn head(page: &Page) -> String {
    let says = page.piece.as_ref().and_then(|piece| piece.says.as_ref());
    let description = says.map_or(String::new(), |says| {
        format!(
            "<meta name=\"description\" content=\"{}\">\n",
            html(&says.value)
        )
    });
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n{description}")
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
