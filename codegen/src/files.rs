//! Files are written whole or not at all, and those of a crate all together or not at all.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, fs, io, process};

/// The name of a run's own folder, before its process id. Everything in it can be deleted.
const STAGING: &str = ".generating-";

/// A folder unchanged for so long belongs to a run that was killed.
const ABANDONED: Duration = Duration::from_secs(60);

/// A file or folder, and what kept it from being read or written.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

impl Fault {
    /// Gives an error its path.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |error| Self { path, error }
    }

    /// The same, with what happened to everything else.
    fn and(self, words: impl fmt::Display) -> Self {
        let error = io::Error::new(self.error.kind(), format!("{}; {words}", self.error));
        Self { error, ..self }
    }
}

/// Writes a file: under another name first, so that nobody sees half of it, and a failure leaves what was there.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let (path, permissions) = match fs::metadata(path) {
        // A device or a pipe cannot be replaced.
        Ok(found) if !found.is_file() => return fs::write(path, text),
        Ok(found) if found.permissions().readonly() => {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        // What a link leads to is written; the link stays.
        Ok(found) => (fs::canonicalize(path)?, Some(found.permissions())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let (folder, name) = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => (folder, name.to_string_lossy()),
        _ => return fs::write(path, text),
    };
    let new_folder = !folder.as_os_str().is_empty() && !folder.exists();
    if new_folder {
        fs::create_dir_all(folder)?;
    }
    let partial = folder.join(format!(".{name}.partial"));
    let written = fs::write(&partial, text)
        .and_then(|()| permissions.map_or(Ok(()), |same| fs::set_permissions(&partial, same)))
        .and_then(|()| fs::rename(&partial, &path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
        if new_folder {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

/// A file of a folder and the content that it is to have; without one it is to go.
pub(crate) type Change<'a> = (&'a Path, Option<&'a [u8]>);

/// Changes files of a folder all together: the new ones are written aside, then moved in. If one of these steps fails,
/// those before it are taken back.
pub(crate) fn replace(folder: &Path, changes: &[Change<'_>]) -> Result<(), Fault> {
    clear(folder);
    if changes.is_empty() {
        return Ok(());
    }
    let mut replacement = Replacement {
        folder,
        staging: folder.join(format!("{STAGING}{}", process::id())),
        done: Vec::new(),
    };
    match replacement.run(changes) {
        Ok(()) => {
            let _ = fs::remove_dir_all(&replacement.staging);
            for (path, _) in changes.iter().filter(|(_, content)| content.is_none()) {
                // The folder goes with its last file; one that holds more stays.
                let _ = folder.join(path).parent().map(fs::remove_dir);
            }
            Ok(())
        }
        Err(fault) => Err(match replacement.undo() {
            Ok(()) => fault.and("no file was changed"),
            Err(Fault { path, error }) => fault.and(format_args!(
                "{} could not be put back ({error}): generate again",
                path.display()
            )),
        }),
    }
}

/// Removes what killed runs have left.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let staging = entry.file_name().to_string_lossy().starts_with(STAGING);
        let age = || {
            entry
                .metadata()?
                .modified()?
                .elapsed()
                .map_err(io::Error::other)
        };
        if staging && age().is_ok_and(|age| age > ABANDONED) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// A replacement in progress.
struct Replacement<'a> {
    folder: &'a Path,
    /// Holds the new files until they are moved in, and the old ones after that.
    staging: PathBuf,
    done: Vec<Step>,
}

/// A step that can be taken back.
enum Step {
    Folder(PathBuf),
    Move { from: PathBuf, to: PathBuf },
}

impl Replacement<'_> {
    fn run(&mut self, changes: &[Change<'_>]) -> Result<(), Fault> {
        self.make_folder(&self.staging.clone())?;
        for (index, (path, content)) in changes.iter().enumerate() {
            if let Some(content) = content {
                // The error names the file that is wanted: nobody knows the one aside.
                let path = self.folder.join(path);
                fs::write(self.aside(index, "new"), content).map_err(Fault::at(&path))?;
            }
        }
        for (index, (path, content)) in changes.iter().enumerate() {
            let path = self.folder.join(path);
            if fs::symlink_metadata(&path).is_ok() {
                self.rename(&path, self.aside(index, "old"), &path)?;
            }
            if content.is_some() {
                if let Some(parent) = path.parent() {
                    self.make_folder(parent)?;
                }
                self.rename(&self.aside(index, "new"), path.clone(), &path)?;
            }
        }
        Ok(())
    }

    fn aside(&self, index: usize, kind: &str) -> PathBuf {
        self.staging.join(format!("{index}.{kind}"))
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Fault> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(Fault::at(folder))?;
            self.done.push(Step::Folder(folder.to_owned()));
        }
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: PathBuf, file: &Path) -> Result<(), Fault> {
        fs::rename(from, &to).map_err(Fault::at(file))?;
        let from = from.to_owned();
        self.done.push(Step::Move { from, to });
        Ok(())
    }

    /// Undoes all steps, the last one first; reports what could not be undone.
    fn undo(&mut self) -> Result<(), Fault> {
        let mut outcome = Ok(());
        for step in self.done.drain(..).rev() {
            let undone = match &step {
                Step::Folder(folder) if *folder == self.staging => fs::remove_dir_all(folder),
                Step::Folder(folder) => fs::remove_dir(folder),
                Step::Move { from, to } => fs::rename(to, from),
            };
            let (Step::Folder(path) | Step::Move { from: path, .. }) = step;
            outcome = outcome.and(undone.map_err(|error| Fault { path, error }));
        }
        outcome
    }
}
