//! Figures of dated facts, indexes, and the list of numbers.

use crate::book::Book;

const COUNTS: &str = "title = \"What two <b>studies</b> counted\"\nplain = \"They differ.\"\n\
    kind = \"bars\"\nwhat = \"servers\"\n\
    [[row]]\nwhen = \"2019-09\"\nwho = \"Counters | <script>\"\ncounts = \"reachable\"\n\
    number = 2300\npart = 575\nparts = \"of these, open\"\nsources = [\"b-source\"]\n\
    [[row]]\nwhen = \"2023\"\nwho = \"Others\"\ncounts = \"answering\"\n\
    number = 4600\nsources = [\"a.source\"]\n";

const TIMELINE: &str = "title = \"What happened when\"\nplain = \"Two events.\"\n\
    kind = \"timeline\"\n\
    [[row]]\nwhen = \"2019\"\nkind = \"exposure\"\nwhat = \"An <i>archive</i> lay open.\"\n\
    sources = [\"b-source\"]\n\
    [[row]]\nwhen = \"2020-03\"\nkind = \"forgery\"\nwhat = \"A scan was changed.\"\n\
    sources = [\"a.source\"]\n";

const NETWORK: &str = "title = \"Before and after\"\nplain = \"An invented network.\"\n\
    kind = \"network\"\ngrid = [\"caller archive\"]\n\
    [[machine]]\nid = \"caller\"\nname = \"Caller\"\nbefore = \"One network\"\nafter = \"Outside\"\n\
    [[machine]]\nid = \"archive\"\nname = \"Archive\"\nbefore = \"One network\"\nafter = \"Archive\"\n\
    [[connection]]\nfrom = \"caller\"\nto = \"archive\"\nbefore = \"open\"\nafter = \"blocked\"\n\
    change = \"A filter refuses it.\"\nsources = [\"a.source\"]\n";

fn with_counts() -> Book {
    let book = Book::recorded();
    book.write("content/figures/counts.toml", COUNTS);
    book.edit(
        "src/answers/exposed.md",
        "## Under TLS",
        "{{#figure counts}}\n\n## Under TLS",
    );
    book
}

#[test]
fn a_figure_is_a_picture_and_a_table_with_footnotes() {
    let book = with_counts();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let page = book.read("book/answers/exposed.html");
    let start = page
        .find("<figure class=\"chart\" id=\"figure-counts\">")
        .unwrap();
    let figure = &page[start..];
    let figure = &figure[..figure.find("</figure>").unwrap()];
    for wanted in [
        "September 2019",
        "2,300; 575 of these, open",
        "<svg class=\"wide\"",
        "<svg class=\"narrow\"",
        "aria-labelledby=\"figure-counts-title\"",
        "<a href=\"../figures/counts.svg\" download",
        "#footnote-b-source",
        "#footnote-a.source",
    ] {
        assert!(figure.contains(wanted), "{wanted}: {figure}");
    }
    assert_eq!(figure.matches("<tr>").count(), 3, "{figure}");
    assert!(
        !figure.contains("<script>") && !figure.contains("<b>"),
        "{figure}"
    );
}

#[test]
fn a_picture_is_a_file_beside_the_pages() {
    let book = with_counts();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let file = book.read("book/figures/counts.svg");
    assert!(file.contains("Sources:"), "{file}");
    for strange in ["<script", "<style", "style=", "class=", "href="] {
        assert!(!file.contains(strange), "{strange}: {file}");
    }
}

#[test]
fn a_timeline_and_a_network_are_shown_with_their_tables() {
    let book = with_counts();
    book.write("content/figures/timeline.toml", TIMELINE);
    book.write("content/figures/network.toml", NETWORK);
    book.edit(
        "src/answers/exposed.md",
        "{{#figure counts}}",
        "{{#figure timeline}}\n\n{{#figure network}}",
    );
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let page = book.read("book/answers/exposed.html");
    for wanted in [
        "<summary>The same as a table, with sources</summary>",
        "<td>Forgery</td>",
        "1: Caller to Archive",
        "Before: any caller, in clear text. After: refused.",
        "#footnote-b-source",
        "#footnote-a.source",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert_eq!(page.matches("<svg class=\"narrow\"").count(), 2, "{page}");
    assert!(!page.contains("<i>"), "{page}");
}

#[test]
fn indexes_list_questions_and_sources() {
    let book = with_counts();
    book.run(&["new", "answer", "lost-discs"]).assert_exit(0);
    book.write("src/answers/lost-discs.md", &answer());
    book.edit(
        "src/answers/exposed.md",
        "Größe und Maß bleiben.",
        "Größe und Maß bleiben, [lost discs](lost-discs.md).",
    );
    book.edit(
        "src/plain.md",
        "# A page without front matter\n",
        "# A page without front matter\n\n{{#questions}}\n\n{{#sources}}\n",
    );
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let page = book.read("book/plain.html");
    assert!(
        page.contains("<a href=\"answers/lost-discs.html\">Who lost a disc?</a>"),
        "{page}"
    );
    assert!(page.contains("A lost disc is a lost record."), "{page}");
    // A page that nobody may quote answers no question.
    assert!(
        !page.contains("<a href=\"answers/exposed.html\">Is it exposed?</a><br>"),
        "{page}"
    );
    let citing = "Cited in: <a href=\"answers/exposed.html\">Is it exposed?</a>; \
                  <a href=\"answers/lost-discs.html\">Who lost a disc?</a>.";
    assert!(page.contains(citing), "{page}");
}

#[test]
fn numbers_are_listed_with_their_sources() {
    let book = with_counts();
    book.edit(
        "src/answers/exposed.md",
        "Größe und Maß bleiben.",
        "There were 2,300 in 2019.[^b-source] There are 12.\n\n## Alone {#alone}\n\nIt is 7.",
    );
    let ran = book.run(&["numbers"]);
    ran.assert_exit(0);
    let listed = ran.stdout();
    for wanted in [
        "src/answers/exposed.md:12:53\t2,300\tb-source\n",
        "src/answers/exposed.md:12:62\t2019\tb-source\n",
        "src/answers/exposed.md:12:89\t12\tb-source\n",
        "content/figures/counts.toml:6:8\t575\tb-source\n",
    ] {
        assert!(listed.contains(wanted), "{wanted}{listed}");
    }
    let ran = book.run(&["numbers", "--without-source"]);
    assert_eq!(ran.stdout(), "", "the section shows a sample");
    book.edit("src/answers/exposed.md", "{{#sample stranger}}", "");
    book.edit("src/answers/exposed.md", "{{#figure counts}}", "");
    let ran = book.run(&["numbers", "--without-source"]);
    assert_eq!(
        ran.stdout(),
        "src/answers/exposed.md:16:7\t7\tNOTHING NAMED\n"
    );
}

#[test]
fn a_number_rests_only_on_what_was_looked_up() {
    let book = with_counts();
    book.edit(
        "content/figures/counts.toml",
        "They differ.",
        "From 2019, 575 of 9.",
    );
    book.edit(
        "content/figures/counts.toml",
        "sources = [\"a.source\"]",
        "sources = []",
    );
    book.edit(
        "content/samples/stranger.toml",
        "\"The archive let in",
        "\"Port 11112, not 47. The archive let in",
    );
    let terms = book.read("content/terms.toml");
    let term = "\n[[term]]\nterm = \"ZZ\"\nplain = \"A rule of 1993.\"\n";
    book.write("content/terms.toml", &(terms + term));
    let ran = book.run(&["numbers"]);
    ran.assert_exit(0);
    let listed = ran.stdout();
    for wanted in [
        "\t2019\tthe figure's own rows\n",
        "\t575\tthe figure's own rows\n",
        "content/figures/counts.toml:2:9\t9\tNOTHING NAMED\n",
        "\t4600\tNOTHING NAMED\n",
        "\t11112\tthe sample's own run and claims\n",
        "\t47\tNOTHING NAMED\n",
        "\t1993\tNOTHING NAMED\n",
    ] {
        assert!(listed.contains(wanted), "{wanted}{listed}");
    }
}

fn answer() -> String {
    let words = "A lost disc is a lost record of somebody. ".repeat(71);
    format!(
        "+++\nkind = \"answer\"\nquestion = \"Who lost a disc?\"\naudience = [\"press\"]\n\
         topics = [\"discs\"]\nsays = \"A lost disc is a lost record.\"\n\
         messages = [\"A disc.\", \"A record.\", \"A loss.\"]\naction = \"Look for it.\"\n\
         [review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\n\
         {words}[^a.source]\n"
    )
}
