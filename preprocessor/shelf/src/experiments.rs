//! Makes experiments out of what editors wrote about samples and scenes.
//!
//! The crate `editorial` reads the files, the crate `evidence` knows what they mean; here the one is
//! handed to the other, and what does not fit becomes a finding at its place.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use editorial::{Finding, Misfit, Placed, Sample, SampleFile, Severity, Shelf, stem};
use evidence::{Claim, Experiment, Scanner, Scene, Unfit};
use serde::Deserialize;

use crate::rules::SAMPLE_INVALID;

/// What can be run, and what cannot and why.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// The experiments, in the order of their ids.
    pub(crate) experiments: Vec<Experiment>,
    /// What is wrong with the others.
    pub(crate) findings: Vec<Finding>,
}

/// Makes an experiment of every sample that can be run.
pub(crate) fn gather(shelf: &Shelf) -> Gathered {
    let mut gathered = Gathered::default();
    let mut scenes = BTreeMap::new();
    for file in &shelf.scenes {
        let id = stem(file.path());
        match Scene::parse(&id, file.text()) {
            Ok(scene) => {
                scenes.insert(id, Some(Arc::new(scene)));
            }
            Err(misfits) => {
                gathered.findings.extend(misfits.into_iter().map(|misfit| {
                    let misfit = Misfit::new(misfit.span, misfit.problem, misfit.help);
                    file.misfit(SAMPLE_INVALID, &misfit)
                }));
                scenes.insert(id, None);
            }
        }
    }
    for file in &shelf.samples {
        let Some(sample) = &file.sample else {
            continue;
        };
        match experiment(file, sample, &scenes) {
            Ok(experiment) => gathered.experiments.extend(experiment),
            Err(misfits) => gathered.findings.extend(
                misfits
                    .iter()
                    .map(|misfit| file.file.misfit(SAMPLE_INVALID, misfit)),
            ),
        }
    }
    gathered
}

/// The experiment of a sample; none where its scene is there but could not be read, which has been
/// reported with the scene.
fn experiment(
    file: &SampleFile,
    sample: &Sample,
    scenes: &BTreeMap<String, Option<Arc<Scene>>>,
) -> Result<Option<Experiment>, Vec<Misfit>> {
    let mut misfits = Vec::new();
    let scanner = Scanner::from_str(&sample.scanner.value).map_err(|error| {
        misfits.push(at(
            &sample.scanner,
            error.to_string(),
            "name a scanner this program knows",
        ));
    });
    let claims = sample.claims.iter().filter_map(|table| {
        Claim::deserialize(toml::Value::Table(table.value.clone()))
            .map_err(|error| {
                misfits.push(at(
                    table,
                    format!("this is no claim: {}", error.message().trim()),
                    "write one key a claim, such as patients = 3 or association = \"accepted\"",
                ));
            })
            .ok()
    });
    let claims: Vec<Claim> = claims.collect();
    let Some(scene) = scenes.get(&sample.scene.value) else {
        let known: Vec<&str> = scenes.keys().map(String::as_str).collect();
        misfits.push(at(
            &sample.scene,
            format!("there is no scene \"{}\"", sample.scene.value),
            &format!("the scenes are: {}", known.join(", ")),
        ));
        return Err(misfits);
    };
    let (Some(scene), Ok(scanner)) = (scene, scanner) else {
        return if misfits.is_empty() {
            Ok(None)
        } else {
            Err(misfits)
        };
    };
    let experiment = Experiment {
        id: file.id.clone(),
        scene: Arc::clone(scene),
        server: sample.server.as_ref().map(|server| server.value.clone()),
        scanner,
        args: sample.args.iter().map(|arg| arg.value.clone()).collect(),
        claims,
    };
    misfits.extend(experiment.check().err().into_iter().flatten().map(|unfit| {
        let place = match unfit {
            Unfit::NoServerNamed { .. } | Unfit::NoSuchServer { .. } => {
                sample.server.as_ref().unwrap_or(&sample.scene)
            }
            _ => sample.args.first().unwrap_or(&sample.scanner),
        };
        at(
            place,
            unfit.to_string(),
            "correct it in this file or in the scene",
        )
    }));
    if misfits.is_empty() {
        Ok(Some(experiment))
    } else {
        Err(misfits)
    }
}

fn at<T>(place: &Placed<T>, problem: impl Into<String>, help: &str) -> Misfit {
    Misfit::new(place.span.clone(), problem, help)
}

/// Where pages show a sample: a finding of `rule` at each directive, or in the sample's own file
/// where no page shows it.
pub(crate) fn findings_on_pages(
    shelf: &Shelf,
    id: &str,
    rule: &'static str,
    problem: &str,
    help: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in &shelf.pages {
        for directive in page
            .outline
            .directives
            .iter()
            .filter(|found| found.is_ours())
        {
            if directive.name == "sample" && shows(shelf, &directive.argument, id) {
                let span = directive.span.clone();
                let finding = page
                    .file
                    .finding(rule, Severity::Error, span, problem, help);
                findings.push(finding);
            }
        }
    }
    if findings.is_empty() {
        let file = shelf.sample(id).map(|file| &file.file);
        findings.extend(file.map(|file| file.finding(rule, Severity::Error, 0..0, problem, help)));
    }
    findings
}

/// The pages that show a sample, as paths relative to the book's root.
pub(crate) fn pages_of<'s>(shelf: &'s Shelf, id: &'s str) -> impl Iterator<Item = String> + 's {
    shelf
        .pages
        .iter()
        .filter(move |page| {
            page.outline.directives.iter().any(|directive| {
                directive.is_ours()
                    && directive.name == "sample"
                    && shows(shelf, &directive.argument, id)
            })
        })
        .map(|page| page.file.path().to_string_lossy().into_owned())
}

/// Whether the directive for sample `named` shows sample `id`: itself, or as its "before".
fn shows(shelf: &Shelf, named: &str, id: &str) -> bool {
    let before = shelf
        .sample(named)
        .and_then(|file| file.sample.as_ref())
        .and_then(|sample| sample.before.as_ref());
    named == id || before.is_some_and(|before| before.value == id)
}
