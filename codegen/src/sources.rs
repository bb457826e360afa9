#![allow(missing_docs)]
use crate::diagnostic::Report;
use std::{collections::BTreeMap, path::Path};
pub struct Sources {
    pub platform: String,
    pub services: BTreeMap<String, BTreeMap<String, String>>,
}
impl Sources {
    pub fn read(dir: &Path) -> Result<Self, Report> {
        let mut services = BTreeMap::new();
        for e in std::fs::read_dir(dir).unwrap() {
            let e = e.unwrap();
            if e.path().is_dir() {
                let mut m = BTreeMap::new();
                for f in std::fs::read_dir(e.path()).unwrap() {
                    let f = f.unwrap();
                    m.insert(
                        f.file_name().to_string_lossy().into_owned(),
                        std::fs::read_to_string(f.path()).unwrap(),
                    );
                }
                services.insert(e.file_name().to_string_lossy().into_owned(), m);
            }
        }
        Ok(Self {
            platform: std::fs::read_to_string(dir.join("platform.yaml")).unwrap(),
            services,
        })
    }
    pub fn service_names(&self) -> impl Iterator<Item = &str> {
        self.services.keys().map(String::as_str)
    }
    pub fn texts(&self, s: &str) -> impl Iterator<Item = (&str, &str)> {
        self.services
            .get(s)
            .into_iter()
            .flatten()
            .map(|(a, b)| (a.as_str(), b.as_str()))
    }
}
