//! A whole build against stock mdBook, and against mdbook-cmdrun.

use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::arguments::Plan;
use crate::book::{For, Stock};
use crate::computer;
use crate::program::{self, build, find, number, version};
use crate::record::Record;
use crate::sides::in_turn;

const SIZES: [usize; 4] = [10, 100, 1_000, 5_000];
const SIZES_OF_A_TRIAL: [usize; 3] = [10, 30, 100];
/// How many pages are also built on the disk.
const ON_THE_DISK: usize = 100;
const IN_MEMORY: &str = "Both books lie in memory, where nothing else is said. On a disk with ext4, a file that is \
    made minutes after many others were deleted takes longer, and building again and again deletes many.";

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let stock = Stock::of(&plan.root)?;
    against_mdbook(plan, &stock)?;
    against_cmdrun(plan, &stock)
}

fn against_mdbook(plan: &Plan, stock: &Stock) -> Result<()> {
    let mdbook = find("mdbook")?;
    let version = version(&mdbook, &["--version"])?;
    let load = computer::load();
    let mut cases = Vec::new();
    let sizes = plan.sizes(&SIZES, &SIZES_OF_A_TRIAL).iter();
    let in_memory = sizes.map(|pages| (*pages, true));
    for (pages, is_in_memory) in in_memory.chain([(ON_THE_DISK, false)]) {
        let folder = match is_in_memory {
            true => computer::folder_in_memory()?,
            false => tempfile::tempdir()?,
        };
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        stock.write(&ours, pages, For::Us)?;
        stock.write(&theirs, pages, For::Mdbook)?;
        let mut peer = Command::new(&mdbook);
        let place = if is_in_memory { "" } else { ", on the disk" };
        let mut case = in_turn(
            &format!("{} pages{place}", grouped(pages)),
            plan.runs,
            &mut build(&ours),
            (peer.arg("build").arg(&theirs), &[0]),
        )?;
        case.size = is_in_memory.then_some(pages);
        cases.push(case);
    }
    Record {
        id: "build",
        title: "Building a website, beside stock mdBook",
        plain: "Ours reads, checks and builds generated pages of about 700 words with one recorded sample each. \
                mdBook builds the same words without samples or checks. Both make a search index.",
        unit: "seconds",
        ours: "cargo shelf build --no-kit --samples recorded",
        peer: Some(&format!("mdbook {}", number(&version))),
        conditions: vec![
            "The pages are made of paragraphs from the answers, with 6 headings, their citations and a link.".to_owned(),
            IN_MEMORY.to_owned(),
            "mdBook got neither front matter nor definitions of the citations, and has its own theme.".to_owned(),
            load,
        ],
        cases,
    }
    .write(plan)
}

fn against_cmdrun(plan: &Plan, stock: &Stock) -> Result<()> {
    let mdbook = plan.peer("bin/mdbook");
    let mdbook_version = version(&mdbook, &["--version"])?;
    let cmdrun = program::printed(
        Command::new("cargo")
            .args(["install", "--list", "--root"])
            .arg(plan.peer("")),
    )?;
    let cmdrun = cmdrun
        .lines()
        .find(|line| line.starts_with("mdbook-cmdrun "));
    let cmdrun = cmdrun
        .ok_or_else(|| anyhow::anyhow!("mdbook-cmdrun is not installed; ci/bench brings it"))?;
    let cmdrun = number(cmdrun.trim_end_matches(':'))
        .trim_start_matches('v')
        .to_owned();
    let path = std::env::var("PATH")?;
    let path = format!("{}:{path}", plan.peer("bin").display());
    let load = computer::load();
    let mut cases = Vec::new();
    for &pages in plan.sizes(&[10, 100, 1_000], &[10, 30]) {
        let folder = computer::folder_in_memory()?;
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        stock.write(&ours, pages, For::Us)?;
        stock.write(&theirs, pages, For::Cmdrun)?;
        let mut peer = Command::new(&mdbook);
        // It looks for the folder of a page from where it is called.
        peer.arg("build").current_dir(&theirs).env("PATH", &path);
        let mut case = in_turn(
            &format!("{} pages", grouped(pages)),
            plan.runs,
            &mut build(&ours),
            (&mut peer, &[0]),
        )?;
        let page = fs::read_to_string(theirs.join("book/pages/page-00001.html"))?;
        ensure!(!page.contains("cmdrun"), "mdbook-cmdrun ran no command");
        case.size = Some(pages);
        cases.push(case);
    }
    Record {
        id: "cmdrun",
        title: "Building a website, beside mdbook-cmdrun",
        plain: "Ours shows one recorded sample a page. mdbook-cmdrun starts one command a page, which prints the \
                same lines.",
        unit: "seconds",
        ours: "cargo shelf build --no-kit --samples recorded",
        peer: Some(&format!("mdbook {} with mdbook-cmdrun {cmdrun}", number(&mdbook_version))),
        conditions: vec![
            IN_MEMORY.to_owned(),
            "The command is `cat`. mdbook-cmdrun does not run on mdBook 0.5, so it got the last version before.".to_owned(),
            load,
        ],
        cases,
    }
    .write(plan)
}

/// `1000` as `1,000`.
pub(crate) fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}
