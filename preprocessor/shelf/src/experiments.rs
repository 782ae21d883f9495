//! Makes experiments out of what editors wrote about samples and scenes.
//!
//! The crate `editorial` reads the files, the crate `evidence` knows what they mean; here the one is
//! handed to the other, and what does not fit becomes a finding at its place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use editorial::{
    Directive, Finding, Misfit, Page, Placed, Sample, SampleFile, SampleStep, Severity,
};
use editorial::{Shelf, SourceText, did_you_mean, stem};
use evidence::{Call, Claim, Claimed, Experiment, Scanner, Scene, Unfit};
use serde::Deserialize;

use crate::rules::{RECORDING, SAMPLE_INVALID};

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
        // What is wrong in a file is reported with the file; half a sample is not run.
        let Some(sample) = file.sample.as_ref().filter(|_| file.misfits.is_empty()) else {
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
    gathered.findings.extend(crate::lab::gather(shelf).1);
    gathered.findings.extend(orphans(shelf));
    gathered
}

/// A finding for each recording that belongs to no sample: its sample was renamed or deleted.
fn orphans(shelf: &Shelf) -> Vec<Finding> {
    let folder = Path::new("content/recordings");
    // No folder, no orphans.
    let entries = std::fs::read_dir(shelf.root.join(folder));
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter(|path| shelf.sample(&stem(path)).is_none())
        .collect();
    paths.sort();
    let orphan = |path: PathBuf| {
        let file = SourceText::new(path, "");
        let problem = "the recording belongs to no sample";
        file.finding(
            RECORDING,
            Severity::Error,
            0..0,
            problem,
            "delete it, or restore its sample",
        )
    };
    paths.into_iter().map(orphan).collect()
}

/// The experiment of a sample; none where its scene is there but could not be read, which has been
/// reported with the scene.
fn experiment(
    file: &SampleFile,
    sample: &Sample,
    scenes: &BTreeMap<String, Option<Arc<Scene>>>,
) -> Result<Option<Experiment>, Vec<Misfit>> {
    let mut misfits = Vec::new();
    let calls = sample.steps.iter().map(call).filter_map(|call| {
        let noted = |misfit| misfits.push(misfit);
        call.map_err(noted).ok()
    });
    let calls: Vec<Call> = calls.collect();
    let claims = sample.claims.iter().filter_map(|table| {
        let noted = |misfit| misfits.push(misfit);
        claimed(table).map_err(noted).ok()
    });
    let claims: Vec<Claimed> = claims.collect();
    let Some(scene) = scenes.get(&sample.scene.value) else {
        let known: Vec<&str> = scenes.keys().map(String::as_str).collect();
        misfits.push(at(
            &sample.scene,
            format!("there is no scene \"{}\"", sample.scene.value),
            &did_you_mean(
                &sample.scene.value,
                known.iter().copied(),
                &format!("the scenes are: {}", known.join(", ")),
            ),
        ));
        return Err(misfits);
    };
    let Some(scene) = scene.as_ref().filter(|_| misfits.is_empty()) else {
        return if misfits.is_empty() {
            Ok(None)
        } else {
            Err(misfits)
        };
    };
    let experiment = Experiment {
        id: file.id.clone(),
        scene: Arc::clone(scene),
        calls,
        claims,
    };
    let unfit = experiment.check().err().into_iter().flatten();
    misfits.extend(unfit.map(|unfit| {
        let help = "correct it in this file or in the scene";
        at(&place_of(&unfit, sample), unfit.to_string(), help)
    }));
    if misfits.is_empty() {
        Ok(Some(experiment))
    } else {
        Err(misfits)
    }
}

/// The call that a step asks for.
pub(crate) fn call(step: &SampleStep) -> Result<Call, Misfit> {
    let texts = |placed: &[Placed<String>]| placed.iter().map(|text| text.value.clone()).collect();
    let scanner = Scanner::from_str(&step.scanner.value).map_err(|error| {
        let help = "name a scanner this program knows";
        at(&step.scanner, error.to_string(), help)
    })?;
    Ok(Call {
        scanner,
        server: step.server.as_ref().map(|server| server.value.clone()),
        args: texts(&step.args),
        keep: texts(&step.keep),
    })
}

/// The claim that a table states: one key that says what must hold, and if need
/// be which step and which server it is about.
pub(crate) fn claimed(table: &Placed<toml::Table>) -> Result<Claimed, Misfit> {
    let mut rest = table.value.clone();
    let step = rest.remove("step").map(|step| {
        let number = step
            .as_integer()
            .and_then(|step| usize::try_from(step).ok());
        let help = "steps are counted from 1: step = 2";
        number.ok_or_else(|| at(table, "`step` is no number of a step", help))
    });
    let server = rest.remove("at").map(|server| {
        let name = server.as_str().map(str::to_owned);
        let help = "name a server of the scene: at = \"archive\"";
        name.ok_or_else(|| at(table, "`at` is no name of a server", help))
    });
    let claim = Claim::deserialize(toml::Value::Table(rest)).map_err(|error| {
        at(
            table,
            format!("this is no claim: {}", error.message().trim()),
            "write one key a claim, such as patients = 3 or association = \"accepted\"",
        )
    })?;
    Ok(Claimed {
        step: step.transpose()?,
        at: server.transpose()?,
        claim,
    })
}

/// Where in the sample's file something is that does not fit.
fn place_of(unfit: &Unfit, sample: &Sample) -> Placed<String> {
    let steps = || sample.steps.iter();
    let place = match unfit {
        Unfit::NoSuchServer { server, .. } => steps()
            .filter_map(|step| step.server.as_ref())
            .find(|named| named.value == *server),
        Unfit::NoServerNamed { .. } => Some(&sample.scene),
        Unfit::Arguments(error) => {
            let text = error.to_string();
            steps()
                .flat_map(|step| &step.args)
                .find(|arg| text.contains(&arg.value))
        }
        _ => None,
    };
    let first = steps().next();
    let usual = || first.map(|step| step.args.first().unwrap_or(&step.scanner));
    place.or_else(usual).unwrap_or(&sample.scene).clone()
}

pub(crate) fn at<T>(place: &Placed<T>, problem: impl Into<String>, help: &str) -> Misfit {
    Misfit::new(place.span.clone(), problem, help)
}

/// Findings of `rule` where pages show a sample: at its own directives; if it has none, where it
/// stands as a "before"; and if no page shows it, in its own file.
pub(crate) fn findings_on_pages(
    shelf: &Shelf,
    id: &str,
    rule: &'static str,
    severity: Severity,
    problem: &str,
    help: &str,
) -> Vec<Finding> {
    let find = |shows: &dyn Fn(&Directive) -> bool| -> Vec<Finding> {
        let on_page = |page: &Page| -> Vec<Finding> {
            let directives = page.outline.samples().filter(|directive| shows(directive));
            directives
                .map(|directive| {
                    let span = directive.span.clone();
                    page.file.finding(rule, severity, span, problem, help)
                })
                .collect()
        };
        shelf.pages.iter().flat_map(on_page).collect()
    };
    let mut findings = find(&|directive| directive.argument == id);
    if findings.is_empty() {
        findings = find(&|directive| shows(shelf, &directive.argument, id));
    }
    if findings.is_empty() {
        let file = shelf.sample(id).map(|file| &file.file);
        findings.extend(file.map(|file| file.finding(rule, severity, 0..0, problem, help)));
    }
    findings
}

/// The pages that show a sample, as paths relative to the book's root.
pub(crate) fn pages_of<'s>(shelf: &'s Shelf, id: &'s str) -> impl Iterator<Item = String> + 's {
    let is_shown_on = move |page: &&Page| {
        let mut samples = page.outline.samples();
        samples.any(|directive| shows(shelf, &directive.argument, id))
    };
    let pages = shelf.pages.iter().filter(is_shown_on);
    pages.map(|page| page.file.path().to_string_lossy().into_owned())
}

/// Whether the directive for sample `named` shows sample `id`: itself, or as its "before".
fn shows(shelf: &Shelf, named: &str, id: &str) -> bool {
    let before = shelf
        .sample(named)
        .and_then(|file| file.sample.as_ref())
        .and_then(|sample| sample.before.as_ref());
    named == id || before.is_some_and(|before| before.value == id)
}
