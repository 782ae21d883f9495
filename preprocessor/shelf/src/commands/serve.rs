//! `cargo shelf serve`: the site on this machine while somebody writes.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use evidence::Loopback;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::Verdict;
use crate::cli::Serve;
use crate::ending::asked_to_end;
use crate::making::Maker;
use crate::progress::{Voice, count, say};
use crate::project::Project;
use crate::serve::{Edition, Editions, Watch, serve};

/// Serves the site, makes it anew after every change, and ends with Ctrl-C.
pub(crate) fn run(project: &Project, args: &Serve) -> Result<Verdict> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the runtime of the server")?;
    // Goes in the end, with every website in it.
    let folder = tempfile::Builder::new()
        .prefix("shelf-serve.")
        .tempdir()
        .context("cannot make a folder for the website")?;
    let watch = Watch::start(&project.root)
        .with_context(|| format!("cannot watch {}", project.root.display()))?;
    let mode = args.samples.unwrap_or(project.settings.samples);
    let mut maker = Maker::new(mode, Voice::EveryStage);
    maker.before = Some(Arc::default());
    let editions = Editions::new(&project.root, folder.path(), maker);
    runtime.block_on(async {
        let asked = asked_to_end().context("cannot wait for Ctrl-C")?;
        let listener = listen(args.port).await?;
        let address = listener.local_addr().context("cannot tell the address")?;
        say(
            "Serving",
            &format!("http://{address}/ to this machine alone; Ctrl-C ends it"),
        );
        let (tell, told) = watch::channel(Arc::new(Edition::default()));
        // Not waited for: it ends with the process, and the programs that it started end with it.
        std::thread::spawn(move || keep_making(editions, watch, &tell));
        tokio::select! {
            () = asked => {}
            () = serve(listener, told) => {}
        }
        anyhow::Ok(())
    })?;
    runtime.shutdown_background();
    say("Ended", "nothing is left running");
    Ok(Verdict::Good)
}

/// Listens on 127.0.0.1.
async fn listen(port: u16) -> Result<TcpListener> {
    let address = Loopback::try_from(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    address.bind().await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "somebody listens on port {port} already; end that, or choose another port: cargo shelf serve --port {}",
            port.checked_add(1).unwrap_or_default()
        ),
        _ => anyhow!(error).context(format!("cannot listen on {address}")),
    })
}

/// Makes the first edition, and the next one after every change.
fn keep_making(mut editions: Editions, mut watch: Watch, tell: &watch::Sender<Arc<Edition>>) {
    tell.send_replace(editions.next("the site"));
    while let Some(changed) = watch.wait() {
        tell.send_replace(editions.next(&in_short(&changed)));
    }
}

/// `src/index.md`, or `3 files`.
fn in_short(changed: &[PathBuf]) -> String {
    match changed {
        [one] if one.iter().next().is_some() => one.display().to_string(),
        many => count(many.len(), "file"),
    }
}
