//! A private network namespace, in which a test runs itself again.

use std::env;
use std::process::Command;

use crate::tool::{self, CAGE, skip};

/// Runs `body` in a namespace that has loopback only. `test` is the full name
/// of the calling test: outside, it starts this program again for that test
/// alone. Everything in the cage dies with it.
pub(crate) fn inside(test: &str, body: impl FnOnce()) {
    let Some(ip) = tool::find("ip") else { return };
    if env::var_os(CAGE).is_some() {
        let up = Command::new(ip).args(["link", "set", "lo", "up"]).status();
        assert!(up.unwrap().success());
        return body();
    }
    let Some(unshare) = tool::find("unshare") else {
        return;
    };
    let caged = |program: &std::ffi::OsStr| {
        let mut command = Command::new(&unshare);
        command
            .args([
                "--map-root-user",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
            ])
            .arg(program)
            .env(CAGE, test);
        command
    };
    if tool::run(&mut caged("true".as_ref())).code != Some(0) {
        return skip("this system allows no private network namespace");
    }
    let this = env::current_exe().unwrap();
    let mut command = caged(this.as_os_str());
    let output = tool::run(command.args(["--exact", test, "--nocapture"]));
    assert!(output.text.contains("1 passed"), "{}", output.text);
    print!("{}", output.text);
}
