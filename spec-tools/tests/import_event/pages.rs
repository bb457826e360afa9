//! What pages become of which the spec knows nothing.

use std::fmt::Write as _;

use crate::{alone, page, shown};

#[test]
fn the_fields_of_all_deliveries_are_one_event_and_what_they_leave_open_is_asked() {
    let page = page("deliveries.md");
    insta::assert_snapshot!(shown(&page, &alone(&page).unwrap()));
}

#[test]
fn a_page_may_describe_several_events() {
    let page = page("several.md");
    insta::assert_snapshot!(shown(&page, &alone(&page).unwrap()));
}

#[test]
fn on_a_page_with_a_name_each_example_is_of_that_event() {
    let page = page("bare.md");
    insta::assert_snapshot!(shown(&page, &alone(&page).unwrap()));
}

#[test]
fn a_page_without_an_event_is_refused_with_a_reason() {
    let mut reasons = String::new();
    for name in ["overview.md", "operation.md"] {
        let page = page(name);
        for finding in alone(&page).unwrap_err() {
            let _ = writeln!(reasons, "{}", finding.shown(&page));
        }
    }
    insta::assert_snapshot!(reasons);
}
