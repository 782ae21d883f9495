//! What a reader reads on a page.

use editorial::{Directive, Figure, Letters, Page, RULES, Sample, Shelf, Verified};

/// The paragraphs, the code and what the directives show, in their order, where `is_part` of the byte
/// at which each begins.
pub(super) fn lines(page: &Page, is_part: impl Fn(usize) -> bool, shelf: &Shelf) -> Vec<String> {
    let outline = &page.outline;
    let mut found: Vec<(usize, String)> = Vec::new();
    let blocks = outline.blocks.iter();
    found.extend(blocks.map(|block| (block.place(0), block.text.clone())));
    let code = outline.code_blocks.iter();
    found.extend(code.map(|code| (code.span.start, code.text.clone())));
    for directive in outline.directives.iter().filter(|found| found.is_ours()) {
        let shown = shown(directive, shelf).into_iter();
        found.extend(shown.map(|text| (directive.span.start, text)));
    }
    found.retain(|(at, _)| is_part(*at));
    found.sort_by_key(|(at, _)| *at);
    let lines = found.iter().map(|(_, text)| one_line(text));
    lines.filter(|line| !line.is_empty()).collect()
}

/// The words that a directive puts in its place. Questions and terms are entries of their own.
fn shown(directive: &Directive, shelf: &Shelf) -> Vec<String> {
    let argument = directive.argument.as_str();
    match directive.name.as_str() {
        "sample" => {
            let file = shelf.sample(argument);
            of_sample(file.and_then(|file| file.sample.as_ref()))
        }
        "figure" => {
            let file = shelf.figure(argument);
            of_figure(file.and_then(|file| file.figure.as_ref()))
        }
        "checklist" => {
            let tasks = shelf.checklist.entries.iter();
            tasks
                .flat_map(|task| [task.task.value.clone(), task.why.value.clone()])
                .collect()
        }
        "sources" => {
            let letters = Letters::parse(argument);
            let is_here = |title: &str| letters.is_some_and(|letters| letters.hold(title));
            let read = shelf.sources.entries.iter();
            read.filter(|source| source.verified != Verified::NotVerified && is_here(&source.title))
                .map(|source| format!("{}, {}", source.publisher, source.title))
                .collect()
        }
        "rules" => RULES
            .iter()
            .map(|rule| format!("{}: {}", rule.name, rule.wants))
            .collect(),
        _ => Vec::new(),
    }
}

/// What stands around a sample's output, and the commands that were given.
fn of_sample(sample: Option<&Sample>) -> Vec<String> {
    let Some(sample) = sample else {
        return Vec::new();
    };
    let commands = sample.steps.iter().map(|step| {
        let args = step.args.iter().map(|arg| arg.value.as_str());
        let words: Vec<&str> = [step.scanner.value.as_str()]
            .into_iter()
            .chain(args)
            .collect();
        words.join(" ")
    });
    let notices = sample.notices.iter().map(|notice| &notice.says);
    let said = [&sample.title, &sample.plain].into_iter().chain(notices);
    said.map(|text| text.value.clone())
        .chain(commands)
        .collect()
}

fn of_figure(figure: Option<&Figure>) -> Vec<String> {
    let Some(figure) = figure else {
        return Vec::new();
    };
    let around = [&figure.title, &figure.plain].into_iter();
    let texts = around.chain(figure.row_texts());
    texts.map(|text| text.value.clone()).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
