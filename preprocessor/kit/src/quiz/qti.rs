//! Questions as a content package of IMS QTI 2.1: a zip of a manifest, a test, and one file a question.
//!
//! Version 2.1 of 2012 is what most systems import; few read version 3.0. The order of elements is that of its
//! schemas (`imsqti_v2p1.xsd`, `imscp_v1p1.xsd`).

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::say::{name, short, words};
use super::{Question, Quiz};
use crate::inert::entities;

/// Why a package could not be written.
#[derive(Debug, Error)]
pub enum QtiError {
    /// The package could not be packed.
    #[error("the package of questions could not be packed")]
    Package(#[from] zip::result::ZipError),
    /// A file could not be put into the package.
    #[error("a file of the package of questions could not be written")]
    Part(#[from] std::io::Error),
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The name space of questions and tests, and where its schema is.
const QTI: &str = "http://www.imsglobal.org/xsd/imsqti_v2p1";
/// The name space of the manifest.
const PACKAGE: &str = "http://www.imsglobal.org/xsd/imscp_v1p1";
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The longest title of a question, in characters.
const TITLE: usize = 120;

/// The questions of a quiz as a package: the same bytes every time.
///
/// # Errors
///
/// What keeps the package from being packed. No text can cause it.
pub fn qti(quiz: &Quiz) -> Result<Vec<u8>, QtiError> {
    let items = items(quiz);
    let mut parts = vec![
        ("imsmanifest.xml".to_owned(), manifest(quiz, &items)),
        (TEST.to_owned(), test(quiz, &items)),
    ];
    for (item, question) in items.iter().zip(&quiz.questions) {
        parts.push((item.file(), self::item(&item.id, question)));
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, options)?;
        zip.write_all(part.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

const TEST: &str = "test.xml";

/// A question in the package.
struct Item {
    id: String,
}

impl Item {
    fn file(&self) -> String {
        format!("items/{}.xml", self.id)
    }
}

/// The questions with ids of which no two are the same.
fn items(quiz: &Quiz) -> Vec<Item> {
    let mut given = BTreeSet::from([test_id(quiz)]);
    let mut items = Vec::new();
    for question in &quiz.questions {
        let name = name(&format!("{}-{}", quiz.name, question.id));
        let mut id = name.clone();
        let mut next = 2;
        while !given.insert(id.clone()) {
            id = format!("{name}_{next}");
            next += 1;
        }
        items.push(Item { id });
    }
    items
}

fn test_id(quiz: &Quiz) -> String {
    name(&format!("{}-quiz", quiz.name))
}

/// `imsmanifest.xml`: what is in the package.
fn manifest(quiz: &Quiz, items: &[Item]) -> String {
    let test = test_id(quiz);
    let needs: String = items
        .iter()
        .map(|item| format!("<dependency identifierref=\"{}\"/>\n", item.id))
        .collect();
    let resources: String = items
        .iter()
        .map(|item| {
            let (id, file) = (&item.id, item.file());
            format!(
                "<resource identifier=\"{id}\" type=\"imsqti_item_xmlv2p1\" href=\"{file}\">\n\
                 <file href=\"{file}\"/>\n</resource>\n"
            )
        })
        .collect();
    format!(
        "{HEAD}<manifest xmlns=\"{PACKAGE}\" xmlns:xsi=\"{SCHEMA}\" \
         xsi:schemaLocation=\"{PACKAGE} {PACKAGE}.xsd\" identifier=\"{test}-package\">\n\
         <metadata>\n<schema>QTIv2.1 Package</schema>\n<schemaversion>1.0.0</schemaversion>\n</metadata>\n\
         <organizations/>\n<resources>\n\
         <resource identifier=\"{test}\" type=\"imsqti_test_xmlv2p1\" href=\"{TEST}\">\n<file href=\"{TEST}\"/>\n{needs}</resource>\n\
         {resources}</resources>\n</manifest>\n"
    )
}

/// All questions in their order, each worth one mark.
fn test(quiz: &Quiz, items: &[Item]) -> String {
    let items: String = items
        .iter()
        .map(|item| {
            format!(
                "<assessmentItemRef identifier=\"{}\" href=\"{}\"/>\n",
                item.id,
                item.file()
            )
        })
        .collect();
    let title = entities(&short(&quiz.title, TITLE));
    format!(
        "{HEAD}<assessmentTest xmlns=\"{QTI}\" xmlns:xsi=\"{SCHEMA}\" xsi:schemaLocation=\"{QTI} {QTI}.xsd\" \
         identifier=\"{}\" title=\"{title}\">\n\
         <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n\
         <testPart identifier=\"part\" navigationMode=\"nonlinear\" submissionMode=\"individual\">\n\
         <itemSessionControl maxAttempts=\"0\" showFeedback=\"true\"/>\n\
         <assessmentSection identifier=\"section\" title=\"{title}\" visible=\"true\">\n\
         <rubricBlock view=\"candidate\">\n<p>{}</p>\n<p>{}</p>\n</rubricBlock>\n{items}</assessmentSection>\n</testPart>\n\
         <outcomeProcessing>\n<setOutcomeValue identifier=\"SCORE\">\n<sum><testVariables variableIdentifier=\"SCORE\"/></sum>\n\
         </setOutcomeValue>\n</outcomeProcessing>\n</assessmentTest>\n",
        test_id(quiz),
        words(&quiz.state),
        words(&quiz.version),
    )
}

/// One question.
fn item(id: &str, question: &Question) -> String {
    let several = question.has_several();
    format!(
        "{HEAD}<assessmentItem xmlns=\"{QTI}\" xmlns:xsi=\"{SCHEMA}\" xsi:schemaLocation=\"{QTI} {QTI}.xsd\" \
         identifier=\"{id}\" title=\"{title}\" xml:lang=\"en\" adaptive=\"false\" timeDependent=\"false\">\n\
         <responseDeclaration identifier=\"RESPONSE\" cardinality=\"{cardinality}\" baseType=\"identifier\">\n\
         {response}</responseDeclaration>\n\
         <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"1\">\n\
         <defaultValue><value>0</value></defaultValue>\n</outcomeDeclaration>\n\
         <outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"multiple\" baseType=\"identifier\"/>\n\
         <itemBody>\n\
         <choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"{most}\">\n\
         <prompt>{asks}</prompt>\n{choices}</choiceInteraction>\n</itemBody>\n\
         <responseProcessing>\n{score}\
         <setOutcomeValue identifier=\"FEEDBACK\">\n<multiple>\n<variable identifier=\"RESPONSE\"/>\n\
         <baseValue baseType=\"identifier\">{WHY}</baseValue>\n</multiple>\n</setOutcomeValue>\n\
         </responseProcessing>\n{feedback}</assessmentItem>\n",
        title = entities(&short(&question.asks, TITLE)),
        cardinality = if several { "multiple" } else { "single" },
        response = response(question),
        most = if several { 0 } else { 1 },
        asks = words(&question.asks),
        choices = choices(question),
        score = if several { MAPPED } else { MATCHED },
        feedback = feedback(question),
    )
}

/// The id of the feedback that is shown after any answer.
const WHY: &str = "WHY";
/// The right choice gives the mark.
const MATCHED: &str = "<responseCondition>\n<responseIf>\n\
    <match><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></match>\n\
    <setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1</baseValue></setOutcomeValue>\n</responseIf>\n\
    <responseElse>\n<setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0</baseValue></setOutcomeValue>\n\
    </responseElse>\n</responseCondition>\n";
/// Each choice gives or takes its part of the mark.
const MAPPED: &str = "<setOutcomeValue identifier=\"SCORE\"><mapResponse identifier=\"RESPONSE\"/></setOutcomeValue>\n";

/// The id of a choice: `choice_1`.
fn choice_id(index: usize) -> String {
    format!("choice_{}", index + 1)
}

/// Which choices are right and, where several are, what each is worth.
fn response(question: &Question) -> String {
    let mut right = String::new();
    let mut worth = String::new();
    for (index, choice) in question.choices.iter().enumerate() {
        let id = choice_id(index);
        if choice.is_right {
            right.push_str(&format!("<value>{id}</value>"));
        }
        let value = question.worth(choice);
        worth.push_str(&format!(
            "<mapEntry mapKey=\"{id}\" mappedValue=\"{value}\"/>\n"
        ));
    }
    let right = format!("<correctResponse>{right}</correctResponse>\n");
    if !question.has_several() {
        return right;
    }
    format!(
        "{right}<mapping lowerBound=\"0\" upperBound=\"1\" defaultValue=\"0\">\n{worth}</mapping>\n"
    )
}

fn choices(question: &Question) -> String {
    let choices = question.choices.iter().enumerate();
    let choices = choices.map(|(index, choice)| {
        let says = words(&choice.says);
        format!(
            "<simpleChoice identifier=\"{}\">{says}</simpleChoice>\n",
            choice_id(index)
        )
    });
    choices.collect()
}

/// What is said to those who chose wrongly, and to everybody.
fn feedback(question: &Question) -> String {
    let mut feedback = String::new();
    for (index, choice) in question.choices.iter().enumerate() {
        if let Some(because) = &choice.because {
            let says = format!("<p>{}</p>\n", words(because));
            feedback.push_str(&modal(&choice_id(index), &says));
        }
    }
    let mut why = format!(
        "<p>{}</p>\n<p>What it tests: {}</p>\n",
        words(&question.why),
        words(&question.objective)
    );
    if !question.sources.is_empty() {
        why.push_str("<p>Sources:</p>\n<ul>\n");
        for source in &question.sources {
            why.push_str(&format!("<li>{}</li>\n", words(source)));
        }
        why.push_str("</ul>\n");
    }
    feedback.push_str(&modal(WHY, &why));
    feedback
}

fn modal(id: &str, says: &str) -> String {
    format!(
        "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"{id}\" showHide=\"show\">\n{says}</modalFeedback>\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Read as _;

    use roxmltree::{Document, Node};

    use super::*;
    use crate::quiz::tests::{HOSTILE, hostile, quiz};

    /// The files of a package, in their order.
    fn files(quiz: &Quiz) -> Vec<(String, String)> {
        let mut zip = zip::ZipArchive::new(Cursor::new(qti(quiz).unwrap())).unwrap();
        let files = 0..zip.len();
        files
            .map(|index| {
                let mut file = zip.by_index(index).unwrap();
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                (file.name().unwrap().into_owned(), text)
            })
            .collect()
    }

    fn values<'a>(document: &'a Document<'a>, element: &str, attribute: &str) -> Vec<&'a str> {
        let nodes = document
            .descendants()
            .filter(|node| node.tag_name().name() == element);
        nodes.filter_map(|node| node.attribute(attribute)).collect()
    }

    fn texts(document: &Document<'_>, element: &str) -> Vec<String> {
        let nodes = document
            .descendants()
            .filter(|node| node.tag_name().name() == element);
        let text = |node: Node<'_, '_>| {
            node.descendants()
                .filter_map(|node| node.text().filter(|_| node.is_text()).map(str::to_owned))
                .collect::<Vec<_>>()
                .concat()
        };
        nodes.map(text).collect()
    }

    #[test]
    fn the_manifest_names_every_file_and_the_test_every_question() {
        let files = files(&quiz());
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "imsmanifest.xml",
                "test.xml",
                "items/lesson-1-who-may-call.xml",
                "items/lesson-1-which-two.xml",
                "items/lesson-1-which-three.xml"
            ]
        );
        let manifest = Document::parse(&files[0].1).unwrap();
        assert_eq!(values(&manifest, "file", "href"), names[1..]);
        let ids = values(&manifest, "resource", "identifier");
        assert_eq!(values(&manifest, "dependency", "identifierref"), ids[1..]);
        let test = Document::parse(&files[1].1).unwrap();
        assert_eq!(values(&test, "assessmentItemRef", "href"), names[2..]);
        assert_eq!(values(&test, "assessmentTest", "identifier"), ids[..1]);
        for ((_, item), id) in files[2..].iter().zip(&ids[1..]) {
            let item = Document::parse(item).unwrap();
            assert_eq!(item.root_element().attribute("identifier"), Some(*id));
        }
    }

    #[test]
    fn a_question_says_what_is_right_and_why() {
        let files = files(&quiz());
        let one = Document::parse(&files[2].1).unwrap();
        assert_eq!(texts(&one, "prompt"), ["Who may call?"]);
        assert_eq!(texts(&one, "simpleChoice"), ["Anybody.", "Listed callers."]);
        assert_eq!(texts(&one, "correctResponse"), ["choice_1"]);
        assert_eq!(values(&one, "choiceInteraction", "maxChoices"), ["1"]);
        assert_eq!(
            values(&one, "modalFeedback", "identifier"),
            ["choice_2", "WHY"]
        );
        let said = texts(&one, "modalFeedback");
        assert_eq!(said[0].trim(), "No list was shown.");
        for wanted in [
            "It doesn’t ask.",
            "Tell open from guarded.",
            "A standard, part 8.",
            "A paper.",
        ] {
            assert!(said[1].contains(wanted), "{said:?}");
        }
        let two = Document::parse(&files[3].1).unwrap();
        assert_eq!(
            values(&two, "responseDeclaration", "cardinality"),
            ["multiple"]
        );
        assert_eq!(values(&two, "choiceInteraction", "maxChoices"), ["0"]);
        assert_eq!(
            values(&two, "mapEntry", "mappedValue"),
            ["0.5", "-1", "0.5"]
        );
        let three = Document::parse(&files[4].1).unwrap();
        let worth = values(&three, "mapEntry", "mappedValue");
        let worth: Vec<f64> = worth.iter().map(|worth| worth.parse().unwrap()).collect();
        assert_eq!(worth.iter().filter(|worth| **worth > 0.0).sum::<f64>(), 1.0);
        assert_eq!(worth.iter().sum::<f64>(), 0.0);
    }

    #[test]
    fn hostile_text_is_words() {
        let shape = |quiz: &Quiz| {
            let files = files(quiz);
            let elements = files.iter().map(|(_, text)| {
                let document = Document::parse(text).unwrap();
                let elements = document.descendants().filter(Node::is_element);
                elements
                    .map(|node| node.tag_name().name().to_owned())
                    .collect::<Vec<_>>()
            });
            elements.collect::<Vec<_>>()
        };
        let harmless = shape(&hostile("x"));
        for text in HOSTILE {
            assert_eq!(shape(&hostile(text)), harmless, "{text}");
            for (name, _) in files(&hostile(text)) {
                assert!(
                    name.chars()
                        .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)),
                    "{name}"
                );
                assert!(!name.contains(".."), "{name}");
            }
        }
    }

    #[test]
    fn two_questions_never_have_one_file() {
        let mut quiz = quiz();
        quiz.questions[0].id = "a b".to_owned();
        quiz.questions[1].id = "a/b".to_owned();
        quiz.questions[2].id = "quiz".to_owned();
        let names: BTreeSet<String> = files(&quiz).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), 5, "{names:?}");
    }

    #[test]
    fn the_same_quiz_gives_the_same_bytes() {
        assert!(qti(&quiz()).unwrap() == qti(&quiz()).unwrap());
    }
}
