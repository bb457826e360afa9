//! Mistakes in the glossary.

use crate::common::good;
use crate::{CREATE, FIND};

/// A case: its name, and the glossary beside the good spec.
macro_rules! glossaries {
    ($($name:ident: $text:literal;)*) => {
        $(#[test]
        fn $name() {
            let mut files = good();
            files.insert("glossary.yaml".to_owned(), $text.to_owned());
            crate::snapshot(stringify!($name), &crate::report(&files));
        })*
    };
}

// The glossary.
glossaries! {
    a_glossary_entry_that_no_field_uses: "fields:\n  idd: { type: string, doc: The id }\n";
    a_glossary_entry_of_a_type_that_no_field_has: "fields:\n  list:\n    - { list: object, doc: People }\n    - { type: string, doc: A text }\n";
    a_glossary_entry_for_fields_with_texts_of_their_own: "fields:\n  title: { type: string, doc: The title }\n";
    a_glossary_entry_twice: "fields:\n  kinds:\n    - { list: string, doc: Some }\n    - { list: string, doc: Others }\n";
    a_glossary_entry_without_a_type: "fields:\n  id: { doc: The id }\n";
    a_glossary_entry_with_two_types: "fields:\n  id: { type: string, list: string, doc: The id }\n";
    a_glossary_entry_without_a_text: "fields:\n  id: { type: string, doc: ' ' }\n";
    a_glossary_name_without_entries: "fields:\n  id: []\n";
    a_glossary_type_that_is_none: "fields:\n  id: { type: text, doc: The id }\n";
    a_glossary_that_is_broken: "feilds:\n  id: { type: string, doc: The id }\n";
    a_glossary_error_that_no_row_has: "errors:\n  paramError: { doc: A value is wrong }\n";
    a_glossary_error_that_rows_say_already: "errors:\n  systemError: { class: quota }\n";
    a_glossary_error_that_says_nothing: "errors:\n  paramsError: {}\n";
}

cases! {
    a_field_that_refuses_the_glossary_and_has_a_text: CREATE "doc: Id of the room }" => "doc: Id of the room, glossary: false }";
    a_field_that_asks_for_the_glossary: FIND "index: { type: integer }" => "index: { type: integer, glossary: true }";
    an_element_that_refuses_the_glossary: CREATE "rows: { list: { list: { type: string } } }" => "rows: { list: { list: { type: string, glossary: false } } }";
}
