use super::*;

fn read(text: &str) -> FigureFile {
    FigureFile::read(
        "a".to_owned(),
        SourceText::new("content/figures/a.toml", text),
    )
}

#[test]
fn every_problem_of_a_figure_is_reported_at_once() {
    let found = read(
        "title = \"T\"\nplain = \"P\"\nkind = \"bars\"\nwhat = \"servers\"\n\
         [[row]]\nwhen = \"2020\"\nwho = \"A\"\ncounts = \"c\"\nnumber = 3\npart = 4\n\
         parts = \"open\"\nsources = [\"a\"]\n\
         [[row]]\nwhen = \"2019-1\"\nwho = \"B\"\ncounts = \"c\"\nnumber = -1\npart = 4\n\
         sauce = \"a\"\n",
    );
    let mut places: Vec<_> = found
        .misfits
        .iter()
        .map(|misfit| found.file.line_and_column(misfit.span.start).0)
        .collect();
    places.sort_unstable();
    assert_eq!(places, [10, 13, 14, 17, 18, 19], "{:#?}", found.misfits);
}

#[test]
fn a_number_that_no_scale_could_hold_is_a_problem_at_its_place() {
    for (number, problems) in [
        ("999999999999999", 0),
        ("1000000000000000", 1),
        ("18446744073709551615", 1),
        ("18446744073709551616", 1),
    ] {
        let found = read(&format!(
            "title = \"T\"\nplain = \"P\"\nkind = \"bars\"\nwhat = \"servers\"\n\
             [[row]]\nwhen = \"2020\"\nwho = \"A\"\ncounts = \"c\"\nnumber = {number}\n\
             sources = [\"a\"]\n",
        ));
        assert_eq!(found.misfits.len(), problems, "{:#?}", found.misfits);
    }
}

#[test]
fn a_misspelt_kind_is_the_only_problem_of_its_figure() {
    let found = read(
        "title = \"T\"\nplain = \"P\"\nkind = \"bar\"\nwhat = \"servers\"\n\
         [[row]]\nwhen = \"2020\"\nwho = \"A\"\ncounts = \"c\"\nnumber = 3\n\
         sources = [\"a\"]\n",
    );
    let problems: Vec<_> = found.misfits.iter().map(|misfit| &misfit.problem).collect();
    assert_eq!(problems, ["`kind` cannot be \"bar\""]);
}

#[test]
fn a_row_has_a_cell_for_each_column_and_its_place_in_time() {
    let found = read(
        "title = \"T\"\nplain = \"P\"\nkind = \"table\"\ncolumns = [\"a\", \"b\"]\n\
         [[row]]\nwhen = \"2020\"\ncells = [\"1\", \"2\"]\nsources = [\"a\"]\n\
         [[row]]\nwhen = \"2019\"\ncells = [\"1\"]\nsources = [\"a\"]\n",
    );
    let problems: Vec<_> = found
        .misfits
        .iter()
        .map(|misfit| misfit.problem.as_str())
        .collect();
    assert_eq!(
        problems,
        [
            "the row has 1 cells for 2 columns",
            "this row is earlier than the one before it"
        ]
    );
}
