//! What can be sent, beside pandoc: pieces as PDF, Word, plain text and HTML.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::arguments::Plan;
use crate::computer;
use crate::program::{clone, find, number, printed, shelf, version};
use crate::record::{Case, Record};
use crate::sides::in_turn;

/// The engines that pandoc can be given.
const ENGINES: [&str; 3] = ["typst", "weasyprint", "pdflatex"];

pub(crate) fn measure(plan: &Plan) -> Result<()> {
    let pandoc = find("pandoc")?;
    let engine = ENGINES
        .into_iter()
        .find_map(|engine| Some((engine, find(engine).ok()?)));
    let (engine, path) =
        engine.with_context(|| format!("pandoc has none of its engines {ENGINES:?}"))?;
    let versions = format!(
        "pandoc {} with {engine} {}",
        number(&version(&pandoc, &["--version"])?),
        number(&version(&path, &["--version"])?)
    );
    let load = computer::load();
    let folder = tempfile::tempdir()?;
    let book = folder.path().join("book");
    clone(&plan.root, &book)?;
    let pieces = pieces(&book, folder.path())?;
    let one = pieces.first().context("the book has no piece")?;
    let several = if plan.quick {
        &pieces[..2]
    } else {
        &pieces[..]
    };
    let mut cases = Vec::new();
    for (name, chosen) in [
        (
            "one piece in four formats".to_owned(),
            std::slice::from_ref(one),
        ),
        (format!("{} pieces in four formats", several.len()), several),
    ] {
        let script = folder.path().join("pandoc.sh");
        fs::write(&script, calls(chosen, engine))?;
        let mut ours = shelf(&book);
        ours.arg("kit").args(chosen.iter().map(|piece| &piece.slug));
        ours.args([
            "--format=pdf",
            "--format=word",
            "--format=text",
            "--format=mail",
        ]);
        ours.arg("--output").arg(folder.path().join("kit"));
        let mut peer = Command::new("sh");
        peer.arg("-eu").arg(&script).current_dir(folder.path());
        let case = in_turn(&name, plan.runs, &mut ours, (&mut peer, &[0]))?;
        cases.push(Case { size: None, ..case });
    }
    Record {
        id: "kit",
        title: "Files to send, beside pandoc",
        plain: "The same pieces as PDF, Word, plain text and HTML. Ours reads and checks the whole book first, and \
                lists its files with their digests.",
        unit: "seconds",
        ours: "cargo shelf kit",
        peer: Some(&versions),
        conditions: vec![
            "pandoc gets each piece as Markdown, as the feed has it, in one call a format.".to_owned(),
            load,
        ],
        cases,
    }
    .write(plan)
}

struct Piece {
    slug: String,
    path: PathBuf,
}

/// The Markdown of every piece, as the feed has it.
fn pieces(book: &Path, folder: &Path) -> Result<Vec<Piece>> {
    let site = folder.join("site");
    let mut build = shelf(book);
    build
        .args(["build", "--samples", "recorded", "--output"])
        .arg(&site);
    printed(&mut build)?;
    let feed: Value = serde_json::from_str(&fs::read_to_string(site.join("feed/faq.json"))?)?;
    let mut pieces = Vec::new();
    for item in feed["items"].as_array().context("the feed has no items")? {
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let body = item["body"]["markdown"]
            .as_str()
            .context("a piece has no Markdown")?;
        let slug = text("id").rsplit('/').next().unwrap_or_default().to_owned();
        let path = folder.join(format!("{slug}.md"));
        fs::write(
            &path,
            format!("% {}\n\n{}\n\n{body}", text("question"), text("answer")),
        )?;
        pieces.push(Piece { slug, path });
    }
    Ok(pieces)
}

/// What a shell runs: four calls a piece.
fn calls(pieces: &[Piece], engine: &str) -> String {
    let mut script = String::new();
    for piece in pieces {
        let path = piece.path.display();
        for (arguments, ending) in [
            (format!("--pdf-engine={engine}"), "pdf"),
            (String::new(), "docx"),
            ("--to=plain".to_owned(), "txt"),
            (String::new(), "html"),
        ] {
            script.push_str(&format!(
                "pandoc --standalone {arguments} '{path}' -o '{}'\n",
                piece.path.with_extension(ending).display()
            ));
        }
    }
    script
}
