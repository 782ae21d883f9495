//! Caddy: a part of a site block.

use super::Orders;
use crate::announce::policy::{FOR_EVER, FOR_MINUTES, NEVER_CHANGES};

/// The file. Its two matchers exclude each other, so that the order in which Caddy sorts what it reads
/// does not matter.
pub(super) fn caddy(orders: &Orders<'_>) -> String {
    let mut text = String::from(
        "# Made by `cargo shelf build`. In the site block of this website, after its root:\n\
         #   import /the/folder/of/this/website/hosting/Caddyfile\n\
         # The block has a file_server of its own.\n\nheader {\n",
    );
    for (name, value) in &orders.headers {
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str(&format!(
        "}}\n\n# A name with a digest in it never changes its content.\n\
         @shelf_lasting path_regexp \"{NEVER_CHANGES}\"\n\
         @shelf_changing not path_regexp \"{NEVER_CHANGES}\"\n\
         header @shelf_lasting Cache-Control \"{FOR_EVER}\"\n\
         header @shelf_changing Cache-Control \"{FOR_MINUTES}\"\n\n\
         handle_errors {{\n\
         \t@shelf_lost expression `{{http.error.status_code}} == 404`\n\
         \thandle @shelf_lost {{\n\
         \t\theader Cache-Control \"{FOR_MINUTES}\"\n\
         \t\trewrite * {}404.html\n\
         \t\tfile_server\n\
         \t}}\n}}\n",
        orders.folder
    ));
    if !orders.moved.is_empty() {
        text.push_str("\n# Pages that moved.\n");
    }
    for moved in &orders.moved {
        text.push_str(&format!("redir {} \"{}\" 301\n", moved.from, moved.to));
    }
    text
}
