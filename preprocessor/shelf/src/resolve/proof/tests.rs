#![allow(clippy::unwrap_used)]

use std::fs;

use editorial::{Day, Shelf};

use super::*;

const GOALS: &str = "[[goal]]\nid = \"build\"\nwhat = \"A | build.\"\nfigure = \"ours-to-peer\"\nat-most = 0.8\n\
    measure = \"build\"\ncases = [\"100 pages\"]\nwhy = \"Theirs writes `less`.\"\n\
    [[goal]]\nid = \"growth\"\nwhat = \"Growth.\"\nfigure = \"growth\"\nat-most = 1.05\nmeasure = \"build\"\n\
    [[goal]]\nid = \"axe\"\nwhat = \"Axe.\"\nfigure = \"ours\"\nat-most = 0\ntest = \"axe.mjs\"\n\
    [[goal]]\nid = \"cold\"\nwhat = \"Cold.\"\nfigure = \"ours\"\nat-most = 150\nmeasure = \"cold\"\n";

const BUILD: &str = "title = \"A <build>\"\nplain = \"Both build.\"\nours = \"shelf build\"\npeer = \"mdbook 0.5.4\"\n\
    unit = \"seconds\"\ndate = 2026-11-23\ncommit = \"abc\"\nconditions = [\"It was quiet.\"]\n\
    machine = { processor = \"P\", cores = 2, memory = 2048, kernel = \"Linux 6\", rust = \"rustc 1.92\" }\n\
    [[case]]\nname = \"10 pages\"\nsize = 10\nours = [0.012, 0.01, 0.011]\npeer = [0.02, 0.02, 0.02]\n\
    [[case]]\nname = \"100 pages\"\nsize = 100\nours = [0.1]\npeer = [0.1]\nour-memory = 30\npeer-memory = 20\n\
    [[case]]\nname = \"1,000 pages\"\nsize = 1000\nours = [1.0]\npeer = [2.0]\n";

fn shelf(head: &str) -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content/proof");
    fs::create_dir_all(&content).unwrap();
    fs::write(folder.path().join("content/proof.toml"), GOALS).unwrap();
    fs::write(content.join("build.toml"), format!("{head}{BUILD}")).unwrap();
    let shelf = Shelf::read(folder.path(), Day::new(2026, 11, 23)).unwrap();
    (folder, shelf)
}

#[test]
fn each_goal_stands_with_its_figure_and_a_missed_one_with_its_reason() {
    let (_folder, shelf) = shelf("");
    snapbox::assert_data_eq!(
        goals(&shelf),
        snapbox::str![[r#"
| What | Goal | Figure | Met |
|---|---|---|---|
| A /| build. | at most 0.8 × the peer's time | 1 × the peer's time | **no** |
| Growth. | exponent at most 1.05 | exponent 0.979 | yes |
| Axe. | none | held by the test `axe.mjs` | yes, or that test fails |
| Cold. | at most 150 | nobody has measured it | unknown |

What was missed, and why:

- **A /| build.** Theirs writes `less`.

"#]]
    );
}

#[test]
fn figures_of_a_trial_meet_nothing() {
    let (_folder, shelf) = shelf("quick = true\n");
    let goals = goals(&shelf);
    assert!(goals.contains("| not in a quick trial |"), "{goals}");
    assert!(!goals.contains("| yes |"), "{goals}");
    let measure = measure("build", &shelf, Form::Plain).unwrap();
    assert!(
        measure.contains("**A quick trial, which proves nothing.**"),
        "{measure}"
    );
}

#[test]
fn a_measure_is_a_picture_a_table_and_how_it_was_taken() {
    let (_folder, shelf) = shelf("");
    snapbox::assert_data_eq!(
        measure("build", &shelf, Form::Plain).unwrap(),
        snapbox::str![[r#"
**A /<build/>**

Both build.

| What | Ours | mdbook 0.5.4 | Ours as a multiple | Memory |
|---|---|---|---|---|
| 10 pages | 11 ms (10 ms to 12 ms) | 20 ms | 0.55 × |  |
| 100 pages | 100 ms | 100 ms | 1 × | 30 MB, peer 20 MB |
| 1,000 pages | 1 s | 2 s | 0.5 × |  |

Ours grows with the exponent 0.979 (1 is linear, 2 is quadratic).

The peer grows with the exponent 1 (1 is linear, 2 is quadratic).

Medians of 1 to 3 runs, ours and the peer's in turn. Ours: `shelf build`. Measured on 23 November 2026 at commit abc on P, 2 threads, 2,048 MiB, Linux 6, rustc 1.92. It was quiet.


"#]]
    );
    let page = measure("build", &shelf, Form::Html).unwrap();
    let page = page.replace("&#45;", "-").replace("&#32;", " ");
    for wanted in [
        "<figure class=\"chart\" id=\"figure-proof-build\">",
        "A &#60;build&#62;",
        "<svg class=\"wide\"",
        "<svg class=\"narrow\"",
        "aria-labelledby=\"figure-proof-build-title\"",
        "stroke-dasharray",
        "| 100 pages |",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert_eq!(measure("none", &shelf, Form::Html), None);
    let cold = measure("cold", &shelf, Form::Html).unwrap();
    assert!(cold.contains("nobody has measured it yet"), "{cold}");
}
