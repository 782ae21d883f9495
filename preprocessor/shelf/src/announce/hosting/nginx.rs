//! nginx: a part of a `server` block.

use super::Orders;
use crate::announce::policy::{FOR_EVER, FOR_MINUTES, NEVER_CHANGES};

/// The file. A `location` that adds a header of its own would lose all of these: none here does.
pub(super) fn nginx(orders: &Orders<'_>) -> String {
    let mut text = format!(
        "# Made by `cargo shelf build`. In the server block of this website, which serves it by https:\n\
         #   include /the/folder/of/this/website/hosting/nginx.conf;\n\
         # A location of yours that has an add_header of its own has to include this file again.\n\n\
         charset utf-8;\n\
         error_page 404 {}404.html;\n\n\
         # A name with a digest in it never changes its content.\n\
         set $shelf_keep \"{FOR_MINUTES}\";\n\
         if ($uri ~ \"{NEVER_CHANGES}\") {{\n    set $shelf_keep \"{FOR_EVER}\";\n}}\n\
         add_header Cache-Control $shelf_keep always;\n",
        orders.folder
    );
    for (name, value) in &orders.headers {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    if !orders.moved.is_empty() {
        text.push_str("\n# Pages that moved.\n");
    }
    for moved in &orders.moved {
        text.push_str(&format!(
            "location = {} {{\n    return 301 \"{}\";\n}}\n",
            moved.from, moved.to
        ));
    }
    text
}
