//! Apache: a part of a `VirtualHost` or `Directory`, or a `.htaccess`.

use super::Orders;
use crate::announce::policy::{FOR_EVER, FOR_MINUTES, NEVER_CHANGES};

/// The file. Where a module is missing, the server refuses to start instead of sending no headers.
pub(super) fn apache(orders: &Orders<'_>) -> String {
    let mut text = format!(
        "# Made by `cargo shelf build`. In the VirtualHost of this website, which serves it by https:\n\
         #   Include /the/folder/of/this/website/hosting/apache.conf\n\
         # or copied to .htaccess in the website's folder, where AllowOverride has FileInfo.\n\
         # It needs the modules alias, headers and mime.\n\n\
         AddType application/atom+xml .atom\n\
         AddType font/woff2 .woff2\n\
         AddType text/javascript .js\n\
         AddCharset utf-8 .html .css .js .txt .xml .atom\n\
         ErrorDocument 404 {}404.html\n\n",
        orders.folder
    );
    for (name, value) in &orders.headers {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    text.push_str(&format!(
        "\n# A name with a digest in it never changes its content. Errors are not to be kept.\n\
         Header set Cache-Control \"{FOR_MINUTES}\"\n\
         <If \"%{{REQUEST_URI}} =~ m#{NEVER_CHANGES}#\">\n    Header set Cache-Control \"{FOR_EVER}\"\n</If>\n"
    ));
    if !orders.moved.is_empty() {
        text.push_str("\n# Pages that moved.\n");
    }
    for moved in &orders.moved {
        // The pattern takes its dots for any letter, unless they are in brackets.
        let from = moved.from.replace('.', "[.]");
        text.push_str(&format!(
            "RedirectMatch 301 \"^{from}$\" \"{}\"\n",
            moved.to
        ));
    }
    text
}
