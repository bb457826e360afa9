//! A damaged file is an error, whatever is asked of it.

use dingtalk_api::model::Json;
use dingtalk_catalogue::{Catalogue, Error};
use proptest::prelude::*;

use crate::golden::FILE;

/// Reads and describes all that there is.
fn read(bytes: Vec<u8>) -> Result<(), Error> {
    let catalogue = Catalogue::open(bytes.leak())?;
    for operation in catalogue.operations()? {
        operation.service().types()?;
        operation.details()?;
        let callable = operation.callable()?;
        let _ = callable.describe();
        let _ = format!("{:?}", callable.fields());
        let _ = callable.failed(&Json::Null);
    }
    for event in catalogue.events()? {
        let _ = event.describe()?;
    }
    let _ = catalogue.event("thing_ad");
    let _ = catalogue.by_path("GET", "/v1.0/{a}")?;
    let _ = catalogue.operation("constructs_1_0", "GetValues");
    Ok(())
}

proptest! {
    #[test]
    fn a_file_with_other_bytes_is_read_or_an_error(
        changes in prop::collection::vec((0..FILE.len(), any::<u8>()), 1..6),
    ) {
        let mut bytes = FILE.to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let _ = read(bytes);
    }

    #[test]
    fn a_file_that_is_cut_off_is_an_error(length in 0..FILE.len()) {
        prop_assert!(read(FILE[..length].to_vec()).is_err());
    }
}

#[test]
fn an_intact_file_is_read() {
    assert_eq!(read(FILE.to_vec()), Ok(()));
}
