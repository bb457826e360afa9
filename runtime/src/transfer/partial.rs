//! A file that is not there before it is complete.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File};

/// A file under a temporary name, which goes away unless it is kept.
pub(super) struct Partial {
    pub(super) file: File,
    path: Option<PathBuf>,
}

impl Partial {
    /// Makes it in the folder of `target`, so that it can be renamed to that.
    pub(super) async fn create(target: &Path) -> io::Result<Self> {
        let found = fs::metadata(target).await;
        if target.file_name().is_none() || found.is_ok_and(|found| found.is_dir()) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        // The name is short, since that of the target may be as long as names can be.
        let name = format!(".dingtalk-{:016x}.part", fastrand::u64(..));
        let path = target.with_file_name(name);
        let mut options = File::options();
        let file = options.write(true).create_new(true).open(&path);
        Ok(Self {
            file: file.await?,
            path: Some(path),
        })
    }

    /// Gives it its name, in place of a file that has it.
    pub(super) async fn keep(mut self, target: &Path) -> io::Result<()> {
        if let Some(path) = &self.path {
            fs::rename(path, target).await?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // There is nobody left to tell.
            let _ = std::fs::remove_file(path);
        }
    }
}
