//! Pages that are not part of the repository. `DOC_SPEC` is a spec, of which a copy is made:
//!
//!     DOC_PAGES=folder DOC_SPEC=folder cargo test -p dingtalk-spec --test import_doc pages -- --ignored --nocapture

use std::path::{Path, PathBuf};
use std::{env, fs};

use dingtalk_spec::import::doc::{Importer, Options, Source};

use crate::{common, operation};

fn pages() -> Vec<Source> {
    let folder = env::var_os("DOC_PAGES").expect("DOC_PAGES names a folder");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let page = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a page");
        Source::new(&path.display().to_string(), &bytes).expect("a text")
    };
    paths.iter().map(page).collect()
}

#[test]
#[ignore = "needs a folder of pages"]
fn each_page_is_imported_or_refused_and_no_row_is_lost() {
    let (mut good, mut refused, mut undecided) = (0, 0, 0);
    for page in pages() {
        let mut into = Importer::default();
        match into.page(&page, &Options::default()) {
            Ok(imported) => {
                good += 1;
                operation(&imported);
                crate::damage::accounted(&page, &imported);
                undecided += crate::damage::questions(&imported);
                let again = into.page(&page, &Options::default()).expect("an operation");
                assert_eq!(again.text, imported.text, "{} twice", page.name);
                assert!(!again.changed, "{}: {:?}", page.name, again.added);
            }
            Err(findings) => {
                refused += 1;
                assert!(findings.iter().all(|finding| !finding.message.is_empty()));
            }
        }
    }
    println!("{good} pages imported, {refused} refused, {undecided} questions");
}

#[test]
#[ignore = "needs a folder of pages and a spec"]
fn pages_go_into_a_spec_once() {
    let spec = env::var_os("DOC_SPEC").expect("DOC_SPEC names a folder");
    let folder = crate::folder("pages", &common::read(Path::new(&spec)));
    let mut into = Importer::open(&folder).expect("a spec");
    let pages = pages();
    for page in &pages {
        let Ok(imported) = into.page(page, &Options::default()) else {
            continue;
        };
        crate::damage::accounted(page, &imported);
        let path = folder.join(&imported.file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &imported.text).expect("a file");
    }
    let mut into = Importer::open(&folder).expect("a spec");
    for page in &pages {
        if let Ok(again) = into.page(page, &Options::default()) {
            assert!(!again.changed, "{}: {:?}", page.name, again.added);
        }
    }
}
