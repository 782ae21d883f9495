//! `_headers` and `_redirects`: the files that Cloudflare Pages, Netlify and others read. They show
//! `404.html` by themselves.

use super::Orders;
use crate::announce::policy::FOR_EVER;

/// The headers. What several rules say of one header is joined with a comma, so that nothing is said
/// twice: how long a page is kept is left to the host, whose own default is to ask every time.
pub(super) fn headers(orders: &Orders<'_>) -> String {
    let mut text = format!("# Made by `cargo shelf build`.\n{}*\n", orders.folder);
    for (name, value) in &orders.headers {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for place in &orders.lasting {
        text.push_str(&format!(
            "{}{place}\n  Cache-Control: {FOR_EVER}\n",
            orders.folder
        ));
    }
    text
}

/// The pages that moved.
pub(super) fn redirects(orders: &Orders<'_>) -> String {
    let mut text = String::from("# Made by `cargo shelf build`.\n");
    for moved in &orders.moved {
        text.push_str(&format!("{} {} 301\n", moved.from, moved.to));
    }
    text
}
