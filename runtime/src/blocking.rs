//! Waiting for a call on a thread that runs no async code.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::transport::{TransportError, TransportErrorKind};

/// Drives the connections of all blocking calls of the program. It is never shut down: a client may be used until
/// the program ends.
static RUNTIME: Mutex<Option<&'static Runtime>> = Mutex::new(None);

/// Waits for the future's output.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output, TransportError> {
    let cannot = || TransportError::new(TransportErrorKind::Runtime);
    // To block here would stop other tasks, and tokio panics rather than do it.
    if Handle::try_current().is_ok() {
        let reason = "a blocking call on a thread of an async runtime: use `.send().await`";
        return Err(cannot().with_reason(reason));
    }
    let runtime = runtime().map_err(|error| cannot().with_source(error))?;
    Ok(runtime.block_on(future))
}

fn runtime() -> std::io::Result<&'static Runtime> {
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = *runtime {
        return Ok(runtime);
    }
    // The callers' threads poll their own calls; one more drives the connections between them.
    let built = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("dingtalk-blocking")
        .enable_all()
        .build()?;
    Ok(runtime.insert(Box::leak(Box::new(built))))
}
