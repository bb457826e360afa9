//! Waiting for a call on a thread that runs no async code.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::transport::{TransportError, TransportErrorKind};

/// Drives the connections of all blocking calls of the program. It is never shut down: a client may be used until
/// the program ends.
static RUNTIME: Mutex<Option<&'static Runtime>> = Mutex::new(None);

/// Waits for the future's output.
///
/// It runs on the thread that drives the connections. On the caller's own it could be done, and the next call be made,
/// before that thread has taken the connection back, and another one would be opened.
pub(crate) fn wait<F>(future: F) -> Result<F::Output, TransportError>
where
    F: Future<Output: Send> + Send + 'static,
{
    let runtime = runtime_to_block_on()?;
    let done = runtime.block_on(runtime.spawn(future));
    done.map_err(|error| TransportError::new(TransportErrorKind::Runtime).with_source(error))
}

/// Waits for the output of a future that borrows, and so has to run on the caller's thread.
pub(crate) fn wait_here<F: Future>(future: F) -> Result<F::Output, TransportError> {
    Ok(runtime_to_block_on()?.block_on(future))
}

fn runtime_to_block_on() -> Result<&'static Runtime, TransportError> {
    let cannot = || TransportError::new(TransportErrorKind::Runtime);
    // To block here would stop other tasks, and tokio panics rather than do it.
    if Handle::try_current().is_ok() {
        let reason = "a blocking call on a thread of an async runtime: use `.send().await`";
        return Err(cannot().with_reason(reason));
    }
    runtime().map_err(|error| cannot().with_source(error))
}

fn runtime() -> std::io::Result<&'static Runtime> {
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = *runtime {
        return Ok(runtime);
    }
    // One thread drives all connections, also between calls.
    let built = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("dingtalk-blocking")
        .enable_all()
        .build()?;
    Ok(runtime.insert(Box::leak(Box::new(built))))
}
