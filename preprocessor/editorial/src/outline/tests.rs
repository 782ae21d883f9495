use super::*;

#[test]
fn every_part_is_found_at_its_place() {
    let text = "Lead with **over**rate.[^a.1]\n\n## Head {#head}\n\n- item [link](x.md#y)\n\nText.\n\n    {{#sample inert}}\n\n{{#sample live}}\n\n`[^b]` <b>raw</b>\n";
    let outline = Outline::read(text, 0);
    assert_eq!(outline.blocks[0].text, "Lead with overrate.");
    assert_eq!(outline.headings[0].id.as_deref(), Some("head"));
    assert_eq!(outline.headings[0].words.text, "Head");
    assert_eq!(&text[outline.links[0].span.clone()], "x.md#y");
    assert_eq!(outline.citations.len(), 1);
    assert_eq!(&text[outline.citations[0].span.clone()], "[^a.1]");
    assert_eq!(&text[outline.html[0].clone()], "<b>");
    let names: Vec<_> = outline
        .directives
        .iter()
        .map(|d| (d.argument.as_str(), d.in_code))
        .collect();
    assert_eq!(names, [("inert", true), ("live", false)]);
}

#[test]
fn a_place_in_a_block_leads_back_to_the_file() {
    let text = "One **two** three\nfour.";
    let block = &Outline::read(text, 0).blocks[0];
    let at = block.text.find("four").unwrap();
    assert_eq!(&text[block.place(at)..][..4], "four");
    let two = block.text.find("two").unwrap();
    assert_eq!(&text[block.place(two)..][..3], "two");
    assert!(block.is_one_run(&(two..two + 3)));
    assert!(!block.is_one_run(&(0..two + 1)));
}

#[test]
fn a_tight_list_gives_one_block_an_item() {
    let outline = Outline::read("- one\n- two\n  - three\n", 0);
    let texts: Vec<_> = outline
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(texts, ["one", "two", "three"]);
}

#[test]
fn an_image_text_is_not_prose() {
    let outline = Outline::read("See ![the picture](p.png) here.", 0);
    assert_eq!(outline.blocks[0].text, "See  here.");
    assert_eq!(outline.links[0].destination, "p.png");
}

#[test]
fn places_survive_whatever_stands_between() {
    for (text, word, found, is_one_run) in [
        ("a &amp; word", "word", "word", true),
        ("a &amp; word", "& word", "&amp; word", false),
        ("a `word` b", "word", "word", true),
        ("a ``x` word`` b", "word", "word", true),
        ("a \\*word b", "word", "word", true),
        (
            "snake_case_word",
            "snake_case_word",
            "snake_case_word",
            true,
        ),
        ("two*wo*rds", "twowords", "two*wo*rds", false),
        ("zw*ö*lf", "zwö", "zw*ö", false),
        ("two\r\nlines", "two lines", "two\r\nlines", false),
        ("soft\u{ad}ware is", "software", "soft\u{ad}ware", false),
        ("**bold** end", "bold", "bold", true),
        ("{{#sample a}} word", "word", "word", true),
    ] {
        let block = &Outline::read(text, 0).blocks[0];
        let at = block.text.find(word).unwrap();
        let range = at..at + word.len();
        assert_eq!(&text[block.span(range.clone())], found, "{text}");
        assert_eq!(block.is_one_run(&range), is_one_run, "{text}");
    }
}

#[test]
fn the_place_of_a_link_is_its_destination() {
    for (text, destination, place) in [
        ("[a.md](a.md \"see a.md\")", "a.md", 7..11),
        ("[x](<a b.md>)", "a b.md", 5..11),
        ("[![p](p.png)](a.md)", "a.md", 14..18),
        ("[x][ref]\n\n[ref]: a.md", "a.md", 0..8),
        ("<https://example.org>", "https://example.org", 1..20),
        ("<a@example.org>", "mailto:a@example.org", 1..14),
    ] {
        let link = &Outline::read(text, 0).links[0];
        assert_eq!(link.destination, destination, "{text}");
        assert_eq!(link.span, place, "{text}");
    }
}

#[test]
fn an_open_fence_hides_nothing() {
    let outline = Outline::read("- x\n  ```sh\n  $ go [^a]\n", 0);
    assert_eq!(outline.code_blocks.len(), 1);
    assert_eq!(outline.code_blocks[0].text, "$ go [^a]\n");
    assert!(outline.citations.is_empty());
}
