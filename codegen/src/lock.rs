//! `spec.lock`: what each service of the generated crate was made from.
//!
//! A service with the sources and files of the lock is neither parsed nor emitted again.
//! In other services, a file with the tokens of the lock is not formatted again, which
//! is most of the work. Operations are listed so that checks across services know them all the same.
//!
//! The file saves work: it is checked in, so that the first build of a fresh clone makes nothing, and is not part of
//! the published crate. Without it everything is made.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

/// The file's name, in the folder of the generated crate.
pub const FILE: &str = "spec.lock";

/// The generator itself: what another one made is made again.
const GENERATOR: &str = env!("GENERATOR_FINGERPRINT");

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    generator: String,
    /// The hash of the catalogue.
    pub catalogue: String,
    /// By service.
    pub services: BTreeMap<String, Entry>,
    /// By group of events.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Entry>,
}

/// The entry of a service or of a group of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The hash of its spec files and the glossary.
    pub sources: String,
    /// The files made from them, by name.
    pub files: BTreeMap<String, Made>,
    /// Its name in Chinese.
    pub title: Option<String>,
    /// The API that the service belongs to, if that is not the platform's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// In a service: method and path by operation. In a group of events: `event` by type, or `topic` and the Rust type by
    /// topic.
    pub operations: BTreeMap<String, String>,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The hash of its tokens.
    pub tokens: String,
    /// The hash of its text.
    pub text: String,
}

impl Lock {
    /// A lock of this generator.
    pub fn new(
        services: BTreeMap<String, Entry>,
        events: BTreeMap<String, Entry>,
        catalogue: &[u8],
    ) -> Self {
        Self {
            generator: GENERATOR.to_owned(),
            catalogue: hash_text(catalogue),
            services,
            events,
        }
    }

    /// That of a crate in which nothing can be kept.
    pub fn none() -> Self {
        Self::new(BTreeMap::new(), BTreeMap::new(), &[])
    }

    /// Reads the lock of a generated crate. One that is absent, damaged or another generator's is
    /// as good as none: everything is made again.
    pub fn read(out: &Path) -> Self {
        fs::read(out.join(FILE))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .filter(|lock: &Self| lock.generator == GENERATOR)
            .unwrap_or_else(Self::none)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        // Maps of strings are always JSON.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Whether the file of a generated crate has this text.
    pub fn stands(out: &Path, text: &str) -> bool {
        fs::read(out.join(FILE)).is_ok_and(|old| old == text.as_bytes())
    }
}

/// A hash of named texts, in the order given. It finds changes, not attackers.
pub fn hash<N: AsRef<[u8]>, T: AsRef<[u8]>>(texts: impl IntoIterator<Item = (N, T)>) -> String {
    format!("{:016x}", number(texts))
}

/// The same as a number.
pub fn number<N: AsRef<[u8]>, T: AsRef<[u8]>>(texts: impl IntoIterator<Item = (N, T)>) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |word: u64| {
        state = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 32;
    };
    for (name, text) in texts {
        for part in [name.as_ref(), text.as_ref()] {
            mix(part.len() as u64);
            let mut words = part.chunks_exact(8);
            for word in &mut words {
                mix(word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)));
            }
            mix(words
                .remainder()
                .iter()
                .fold(0, |all, byte| all << 8 | u64::from(*byte)));
        }
    }
    state
}

/// The hashes of the files in a folder, by name; empty if the folder does not exist.
pub fn hash_folder(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                // A file that cannot be read is damaged: any other hash will do.
                files.insert(name, hash_text(fs::read(entry.path()).unwrap_or_default()));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(files)
}

/// The hash of one text.
pub fn hash_text(text: impl AsRef<[u8]>) -> String {
    hash([("", text)])
}
