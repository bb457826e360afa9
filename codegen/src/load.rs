#![allow(missing_docs)]
use crate::{diagnostic::Report, sources::Sources, spec::*};
use std::collections::BTreeSet;
pub fn parse_platform(s: &Sources) -> Result<Platform, Report> {
    Ok(serde_yaml::from_str(&s.platform).unwrap())
}
pub fn parse(s: &Sources, only: &BTreeSet<&str>) -> Result<Spec, Report> {
    let mut services = std::collections::BTreeMap::new();
    for n in only {
        let mut sv = Service::default();
        for (f, t) in s.texts(n) {
            if f == "_service.yaml" {
                sv.file = serde_yaml::from_str(t).unwrap();
            } else {
                sv.operations.insert(
                    f.trim_end_matches(".yaml").into(),
                    serde_yaml::from_str(t).unwrap_or_else(|e| panic!("{n}/{f}: {e}")),
                );
            }
        }
        services.insert((*n).to_owned(), sv);
    }
    Ok(Spec {
        platform: parse_platform(s)?,
        services,
    })
}
