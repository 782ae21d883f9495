//! `cargo shelf kit`: the files that somebody can send.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use editorial::{Shelf, did_you_mean};
use kit::{Article, Findable, Finder, Match, Paper};

use crate::Verdict;
use crate::announce::Imprint;
use crate::cli::{Kit as Wish, PaperSize};
use crate::evidence_run::Mode;
use crate::making::{Draft, Maker};
use crate::progress::{Voice, count, say};
use crate::project::Project;
use crate::publish::{Place, Workshop};
use crate::report;
use crate::sending::{self, Item};

/// Makes the files that are wished for, or says why not and leaves the old ones as they are.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<Verdict> {
    let imprint = Imprint::of(project, wish.address.as_ref())?;
    let mut maker = Maker::new(wish.samples.unwrap_or(Mode::Recorded), Voice::Quiet);
    maker.paper = match wish.paper {
        PaperSize::A4 => Paper::A4,
        PaperSize::Letter => Paper::Letter,
    };
    maker.only.clone_from(&wish.slugs);
    let mut draft = maker.draft(project, imprint)?;
    if draft.verdict() == Verdict::Findings {
        return refuse(&draft);
    }
    let chosen = choose(&draft, wish)?;
    let chosen = if wish.only_cleared {
        cleared(chosen, wish)?
    } else {
        chosen
    };
    if chosen.is_empty() {
        return Ok(Verdict::Findings);
    }
    let items = chosen
        .iter()
        .flat_map(|article| draft.kit.items_of(article));
    let is_wanted =
        |item: &&Item| wish.format.is_empty() || wish.format.contains(&item.form.asked_for());
    let items: Vec<Item> = items.filter(is_wanted).cloned().collect();
    if items.is_empty() {
        bail!(
            "none of these pieces has a file of that format; leave out --format to see which there are"
        );
    }
    let output = std::path::absolute(&wish.output)?;
    refuse_the_books_folders(project, &output)?;
    refuse_edited_kit(&output)?;
    let workshop = Workshop::open(Place::Kit(output))?;
    let found = draft.kit.lay_into(&workshop.site(), &items, &draft.shelf)?;
    if !found.is_empty() {
        draft.findings.extend(found);
        return refuse(&draft);
    }
    let folder = workshop.publish()?;
    tell(&chosen, &items, &folder);
    Ok(Verdict::Good)
}

/// What lies in a folder of the book becomes a part of it, or is replaced by the next build.
fn refuse_the_books_folders(project: &Project, output: &Path) -> Result<()> {
    let site = project.config.build.build_dir.as_path();
    for folder in [
        Path::new("src"),
        Path::new("content"),
        Path::new("theme"),
        site,
    ] {
        let folder = std::path::absolute(project.root.join(folder))?;
        if output.starts_with(&folder) {
            bail!(
                "{} lies in a folder of the book; name one outside {} with --output",
                output.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// Somebody may have filled in a statement there, or put a file beside it: that work is not replaced.
fn refuse_edited_kit(output: &Path) -> Result<()> {
    let edited = sending::edited(output)
        .with_context(|| format!("cannot compare {} with its list", output.display()))?;
    if !edited.is_empty() {
        bail!(
            "somebody has worked in {}: {}; move it away, or name another folder with --output",
            output.display(),
            edited.join(", ")
        );
    }
    Ok(())
}

fn refuse(draft: &Draft) -> Result<Verdict> {
    report::to_stderr(&draft.findings, &draft.shelf)?;
    let tally = report::tally(&draft.findings);
    say("Stopped", &format!("{tally}; the kit is as it was"));
    Ok(Verdict::Findings)
}

/// The pieces that are wished for, in the order in which they are told.
fn choose<'k>(draft: &'k Draft, wish: &Wish) -> Result<Vec<&'k Article>> {
    let articles = draft.kit.articles();
    if let Some(question) = &wish.question {
        return Ok(asked(articles, &draft.shelf, question));
    }
    if !wish.topic.is_empty() {
        return about(articles, &wish.topic);
    }
    if wish.slugs.is_empty() {
        return Ok(articles.iter().collect());
    }
    let mut chosen: Vec<&Article> = Vec::new();
    for slug in &wish.slugs {
        let article = named(articles, slug)?;
        if !chosen.contains(&article) {
            chosen.push(article);
        }
    }
    Ok(chosen)
}

/// The piece with this name.
fn named<'k>(articles: &'k [Article], slug: &str) -> Result<&'k Article> {
    let found = articles.iter().find(|article| article.slug == slug);
    found.with_context(|| {
        let known = articles.iter().map(|article| article.slug.as_str());
        let all: Vec<&str> = known.clone().collect();
        let help = did_you_mean(slug, known, &format!("the pieces are: {}", all.join(", ")));
        format!("there is no piece \"{slug}\"; {help}")
    })
}

/// The pieces about these topics.
fn about<'k>(articles: &'k [Article], topics: &[String]) -> Result<Vec<&'k Article>> {
    let mut known: Vec<&str> = articles
        .iter()
        .flat_map(|article| article.topics.iter().map(String::as_str))
        .collect();
    known.sort_unstable();
    known.dedup();
    for topic in topics {
        if !known.contains(&topic.as_str()) {
            let all = format!("the topics are: {}", known.join(", "));
            bail!(
                "no piece is about \"{topic}\"; {}",
                did_you_mean(topic, known.iter().copied(), &all)
            );
        }
    }
    let is_meant = |article: &&Article| article.topics.iter().any(|topic| topics.contains(topic));
    Ok(articles.iter().filter(is_meant).collect())
}

/// The pieces that answer a question: the one that does, or those that may, and why.
fn asked<'k>(articles: &'k [Article], shelf: &Shelf, question: &str) -> Vec<&'k Article> {
    let found = Finder::of(&Findable::all(shelf)).find(question);
    let is_sure = found.first().is_some_and(|first| first.is_sure);
    let mut chosen = Vec::new();
    for Match { slug, because, .. } in found {
        let Some(article) = articles.iter().find(|article| article.slug == slug) else {
            continue;
        };
        let verb = match (is_sure, chosen.is_empty()) {
            (true, true) => "Found",
            (true, false) => {
                say("Left out", &format!("{slug}: {}", article.title));
                continue;
            }
            (false, _) => "Perhaps",
        };
        say(verb, &format!("{slug}: {}", article.title));
        say("", article.says.as_deref().unwrap_or_default());
        say("", &format!("because of {}", because.join("; ")));
        chosen.push(article);
    }
    match chosen.len() {
        0 => say(
            "Nothing",
            "here answers that; `cargo shelf kit` makes every piece, and README.txt lists them",
        ),
        1 if is_sure => {}
        _ => say("Not sure", "no piece stands out; the likeliest comes first"),
    }
    chosen
}

/// Those that a person has cleared. Where a piece was named that is not, nothing is made.
fn cleared<'k>(chosen: Vec<&'k Article>, wish: &Wish) -> Result<Vec<&'k Article>> {
    let is_everything = wish.slugs.is_empty() && wish.topic.is_empty() && wish.question.is_none();
    let (cleared, others): (Vec<&Article>, Vec<&Article>) = chosen
        .into_iter()
        .partition(|article| article.review.is_cleared);
    for article in &others {
        say(
            "Not cleared",
            &format!("{}: {}", article.slug, article.review.in_words),
        );
    }
    if cleared.is_empty() || (!others.is_empty() && !is_everything) {
        say(
            "Stopped",
            "only cleared pieces were wished for; nothing was made, and the kit is as it was",
        );
        return Ok(Vec::new());
    }
    Ok(cleared)
}

fn tell(chosen: &[&Article], items: &[Item], folder: &Path) {
    let drafts = chosen
        .iter()
        .filter(|article| article.review.is_draft)
        .count();
    let files = count(items.len(), "file");
    let pieces = count(chosen.len(), "piece");
    say("Made", &format!("{files} for {pieces}"));
    if drafts > 0 {
        say(
            "Draft",
            &format!("{drafts} of them: the files say so in name, text and properties"),
        );
    }
    if let [article] = chosen {
        say("Piece", &format!("{}: {}", article.slug, article.title));
        for item in items {
            say("", &format!("{} ({})", item.path(), item.form.label()));
        }
    }
    say("Open", &folder.display().to_string());
}

/// Says which gaps nobody has filled in these files. One that cannot be read keeps no other from being looked
/// at.
pub(crate) fn gaps(files: &[PathBuf]) -> Result<Verdict> {
    let mut verdict = Verdict::Good;
    let mut trouble = None;
    for file in files {
        let name = file.display().to_string();
        let gaps = read_bounded(file).and_then(|bytes| {
            kit::open_gaps(&name, &bytes).with_context(|| format!("cannot read {name}"))
        });
        match gaps {
            Err(error) => {
                if let Some(before) = trouble.replace(error) {
                    say("Not read", &format!("{before:#}"));
                }
            }
            Ok(gaps) if gaps.is_empty() => say("Filled", &name),
            Ok(gaps) => {
                verdict = Verdict::Findings;
                say("Open", &format!("{name}: {}", count(gaps.len(), "gap")));
                for gap in gaps {
                    say("", &evidence::Clean::line(&gap, 200).as_plain());
                }
            }
        }
    }
    trouble.map_or(Ok(verdict), Err)
}

/// The longest file that is looked at, in bytes.
const LONGEST: u64 = 20 << 20;

fn read_bounded(file: &Path) -> Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", file.display());
    let length = std::fs::metadata(file).with_context(cannot)?.len();
    if length > LONGEST {
        bail!("{} is larger than {} MB", file.display(), LONGEST >> 20);
    }
    std::fs::read(file).with_context(cannot)
}
