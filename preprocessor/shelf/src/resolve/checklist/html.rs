//! The checklist for the website.
//!
//! Every part is one line of HTML at the start of a line, and every word of an editor stands in it as
//! an entity or a plain letter. Between the parts stand citations, which mdBook numbers. Whatever needs
//! a script is hidden, until the script shows it.

use editorial::{Milestone, Tag, Task};

use super::super::Stock;
use super::super::escape::{html, prose};
use super::{address, citations};
use crate::sending::{Form, Item};

/// The longest note: about what fits on its line of a printed page. A longer one ends there in a mark.
const LONGEST_NOTE: usize = 80;

/// The list with its tools and its legend. `up` is the way to the site's root.
pub(super) fn checklist(stock: Stock<'_>, up: &str) -> String {
    let mut out = format!(
        "<section class=\"checklist\" aria-label=\"Checklist\">{}{}<ol class=\"tasks\" role=\"list\">",
        links(up, stock.files),
        tools()
    );
    for (index, task) in stock.shelf.checklist.entries.iter().enumerate() {
        out.push_str(&item(index + 1, task, stock.shelf.question(task), up));
    }
    out.push_str("</ol>");
    out.push_str(&legend());
    out.push_str("</section>\n");
    out
}

/// The same list as files; nothing where there are none.
fn links(up: &str, files: &[Item]) -> String {
    let link =
        |item: &Item, words: &str| format!("<a href=\"{up}{}\">{words}</a>", html(&item.address()));
    let printed = files.iter().filter_map(|item| match item.form {
        Form::SheetPdf(paper) => Some(link(item, &format!("{} paper", paper.name()))),
        _ => None,
    });
    let printed: Vec<String> = printed.collect();
    let mut sentences = Vec::new();
    if !printed.is_empty() {
        sentences.push(format!(
            "One page to print, as PDF&#58; {}.",
            printed.join(" or ")
        ));
    }
    if let Some(item) = files.iter().find(|item| item.form == Form::SheetWord) {
        sentences.push(format!("To adapt&#58; {}.", link(item, "a Word file")));
    }
    if sentences.is_empty() {
        return String::new();
    }
    format!("<p class=\"sheets\">{}</p>", sentences.join(" "))
}

fn tools() -> String {
    "<div class=\"tools\" hidden><p class=\"progress\" role=\"status\"></p>\
     <div class=\"buttons\">\
     <button type=\"button\" class=\"print\">Print</button>\
     <button type=\"button\" class=\"save\">Save as CSV</button>\
     <button type=\"button\" class=\"clear\">Clear</button></div></div>\
     <p class=\"keeping\" role=\"status\">Ticks and notes last until you leave this page. Print it to keep them.</p>"
        .to_owned()
}

fn item(number: usize, task: &Task, question: &str, up: &str) -> String {
    let id = html(&task.id.value);
    let mut out = format!(
        "<li class=\"task\" id=\"task-{id}\" data-task=\"{id}\"><div class=\"words\">\
         <div class=\"what\"><input type=\"checkbox\" id=\"tick-{id}\">\
         <label for=\"tick-{id}\">{}</label></div>\
         <p class=\"why\">{}</p>\
         <div class=\"about\"><span class=\"tag\">{}</span> <span class=\"milestone\">Milestone {}<span class=\"name\">&#58; {}</span></span> \
         <a class=\"answer\" href=\"{up}{}\">{}</a>",
        prose(&task.task.value),
        prose(&task.why.value),
        html(task.tag.name()),
        task.milestone.number(),
        html(task.milestone.title()),
        html(&address(&task.answer.value)),
        prose(question),
    );
    let citations = citations(task);
    if !citations.is_empty() {
        let word = if task.sources.len() == 1 {
            "Source"
        } else {
            "Sources"
        };
        out.push_str(&format!("\n\n{word} {citations}\n\n"));
    }
    out.push_str(&format!(
        "</div></div><div class=\"note\"><label for=\"note-{id}\">Note<span class=\"aside\"> on task {number}</span></label>\
         <div class=\"field\"><textarea id=\"note-{id}\" rows=\"1\" maxlength=\"{LONGEST_NOTE}\" \
         autocomplete=\"off\"></textarea></div></div></li>"
    ));
    out
}

fn legend() -> String {
    let tags: String = Tag::ALL
        .into_iter()
        .map(|tag| {
            format!(
                "<p><span class=\"tag\">{}</span> {}</p>",
                html(tag.name()),
                prose(tag.meaning())
            )
        })
        .collect();
    let milestones: Vec<String> = Milestone::ALL
        .into_iter()
        .map(|milestone| {
            let title = html(milestone.title());
            format!("<strong>{}</strong>&#160;{title}", milestone.number())
        })
        .collect();
    format!(
        "<div class=\"legend\"><p><strong>What the tags mean</strong></p>{tags}<p>{}&#58; {}.</p></div>",
        html(Milestone::PLAN),
        milestones.join("; ")
    )
}
