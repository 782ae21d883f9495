#![allow(clippy::unwrap_used)]

use super::*;
use crate::source_text::SourceText;

const HEAD: &str = "title = \"A build\"\nplain = \"Both build.\"\nours = \"we\"\npeer = \"they 1.0\"\n\
    unit = \"seconds\"\ndate = 2026-11-23\ncommit = \"abc\"\n\
    machine = { processor = \"P\", cores = 2, memory = 100, kernel = \"Linux 6\", rust = \"1.92\" }\n";

const CASES: &str = "[[case]]\nname = \"10 pages\"\nsize = 10\nours = [1.0, 3, 2.0]\npeer = [4.0, 4.0, 4.0]\n\
    [[case]]\nname = \"100 pages\"\nsize = 100\nours = [20.0]\npeer = [20.0]\nour-memory = 30\n\
    [[case]]\nname = \"1,000 pages\"\nsize = 1000\nours = [200.0]\npeer = [100.0]\n";

fn file(text: &str) -> MeasureFile {
    MeasureFile::read(
        "build".to_owned(),
        SourceText::new("content/proof/build.toml", text),
    )
}

fn measure() -> Measure {
    let file = file(&format!("{HEAD}{CASES}"));
    assert_eq!(file.misfits, []);
    file.measure.unwrap()
}

fn goal(rest: &str) -> Goal {
    let text = format!("[[goal]]\nid = \"g\"\nwhat = \"A build.\"\n{rest}");
    let (mut goals, misfits) = Goal::parse_all(&text);
    assert_eq!(misfits, [], "{rest}");
    goals.remove(0)
}

fn figure(rest: &str) -> (f64, bool) {
    match goal(rest).standing(Some(&measure())) {
        Standing::Measured { figure, met, .. } => (figure, met),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_bench_wrote_is_read_run_by_run() {
    let measure = measure();
    let case = measure.case("10 pages").unwrap();
    assert_eq!((case.ours.runs(), case.ours.highest()), (3, 3.0));
    assert_eq!(case.to_peer(), Some(0.5));
    assert_eq!(measure.cases[1].our_memory, Some(30));
    assert!((measure.growth().unwrap() - 1.0).abs() < 1e-9);
    assert!(!measure.is_quick());
}

#[test]
fn the_case_that_keeps_a_goal_worst_counts() {
    let on = "measure = \"build\"\n";
    for (rest, wanted) in [
        ("figure = \"ours-to-peer\"\nat-most = 0.8\n", (2.0, false)),
        ("figure = \"peer-to-ours\"\nat-least = 0.5\n", (0.5, true)),
        ("figure = \"ours\"\nat-most = 199\n", (200.0, false)),
        (
            "figure = \"ours-to-peer\"\nat-most = 0.8\ncases = [\"10 pages\"]\n",
            (0.5, true),
        ),
    ] {
        assert_eq!(figure(&format!("{rest}{on}")), wanted, "{rest}");
    }
}

#[test]
fn nothing_is_met_that_was_not_measured() {
    let bound = "figure = \"ours\"\nat-most = 1000\n";
    let missing = goal(&format!(
        "{bound}measure = \"build\"\ncases = [\"5 pages\"]\n"
    ));
    assert_eq!(missing.standing(Some(&measure())), Standing::Unmeasured);
    let all = goal(&format!("{bound}measure = \"build\"\n"));
    assert_eq!(all.standing(None), Standing::Unmeasured);
    let tested = goal(&format!("{bound}test = \"theme/tests/axe.test.mjs\"\n"));
    assert_eq!(tested.standing(None), Standing::Tested);
}

#[test]
fn a_file_that_the_bench_did_not_write_is_noticed() {
    for (text, wanted) in [
        (HEAD.to_owned(), "`case` is missing"),
        (
            format!("{HEAD}[[case]]\nname = \"a\"\nours = []\npeer = [1.0]\n"),
            "`ours` is no list of measured figures",
        ),
        (
            format!("{HEAD}[[case]]\nname = \"a\"\nours = [1.0]\n"),
            "`peer` is missing",
        ),
        (
            format!("{HEAD}ratio = 0.5\n{CASES}"),
            "`ratio` is not a key that belongs here",
        ),
    ] {
        let problems = file(&text).misfits;
        assert!(
            problems.iter().any(|misfit| misfit.problem == wanted),
            "{wanted}: {problems:?}"
        );
    }
}

#[test]
fn a_goal_has_one_number_and_one_keeper() {
    for rest in [
        "figure = \"ours\"\nat-most = 1\nat-least = 1\nmeasure = \"a\"\n",
        "figure = \"ours\"\nat-most = 1\nmeasure = \"a\"\ntest = \"b\"\n",
        "figure = \"ours\"\nmeasure = \"a\"\n",
    ] {
        let text = format!("[[goal]]\nid = \"g\"\nwhat = \"W.\"\n{rest}");
        assert_eq!(Goal::parse_all(&text).1.len(), 1, "{rest}");
    }
}
