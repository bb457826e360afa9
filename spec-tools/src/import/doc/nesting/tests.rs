use super::*;
use crate::import::doc::json;
use crate::import::doc::types;

/// `name Type` a line; a line without a name begins with a space, and dots before a name say how deep it is.
fn lines(text: &str) -> Vec<FieldRow> {
    let line = |line: &str| {
        let (name, ty) = line.split_once(' ').expect("a name and a type");
        let depth = name.chars().take_while(|c| *c == '.').count();
        FieldRow {
            depth: text.contains('.').then_some(depth),
            name: name.trim_start_matches('.').to_owned(),
            ty: types::read(ty),
            ..FieldRow::default()
        }
    };
    text.lines().map(line).collect()
}

/// The reading of a table as `a(b(c) d)`, with a question mark behind rows that are not plain.
fn reading(text: &str, example: &str) -> String {
    let lines = lines(text);
    let example = json::read(example.lines().enumerate()).json;
    let shown: Vec<Rc<Inferred>> = example
        .iter()
        .map(|json| Rc::new(Inferred::of(json)))
        .collect();
    let reading = read(&lines, &shown);
    assert_eq!(reading.places.len(), lines.len());
    inside(&lines, &reading, None)
}

fn inside(lines: &[FieldRow], reading: &Reading, parent: Option<usize>) -> String {
    let mut parts = Vec::new();
    for (row, place) in reading.places.iter().enumerate() {
        let (mark, of) = match place {
            Place::Field(of) => ("", *of),
            Place::Inside(of) => ("=", *of),
        };
        if of != parent {
            continue;
        }
        let unclear = reading.unclear.iter().any(|(number, _)| *number == row);
        let inner = inside(lines, reading, Some(row));
        let inner = if inner.is_empty() {
            inner
        } else {
            format!("({inner})")
        };
        let sign = if unclear { "?" } else { "" };
        parts.push(format!("{mark}{}{sign}{inner}", lines[row].name));
    }
    parts.join(" ")
}

#[test]
fn the_example_says_what_is_inside_what() {
    let text = "a Object\nb String\nc Array\nd String\ne Object\nb Long\nf String";
    let example = r#"{ "a": { "b": "x", "c": [ { "d": "x" } ] }, "e": { "b": 1 }, "f": "x" }"#;
    assert_eq!(reading(text, example), "a(b c(d)) e(b) f");
    let example = r#"{ "a": { "b": "x" }, "c": [ { "d": "x", "e": { "b": 1, "f": "x" } } ] }"#;
    assert_eq!(reading(text, example), "a(b) c(d e(b f))");
}

#[test]
fn a_name_that_an_object_has_already_belongs_into_another() {
    let text = "id String\nname String\nparts Array\nid String\nname String";
    assert_eq!(
        reading(text, r#"{ "id": "x", "name": "x" }"#),
        "id name parts(id name)"
    );
}

#[test]
fn a_field_that_an_example_has_there_is_not_taken_here() {
    // `extra` is in no example, so that its own rows are as unseen as they would be in the wrong place.
    let text = "extra Object\nx String\nlist Array\nid String\nsize Long\nkind String";
    let example = r#"{ "list": [ { "id": "x" } ] }"#;
    assert!(reading(text, example).starts_with("extra(x) list(id "));
}

#[test]
fn a_name_that_is_wanted_further_out_may_come_again() {
    let text = "list Array\nacts Array\nid String\ntitle String\ntitle Long\nrank Long";
    let example = r#"{ "list": [ { "title": 1, "rank": 1 } ] }"#;
    assert_eq!(reading(text, example), "list(acts(id title) title rank)");
    // If it does not, there is the example to go by.
    let text = "list Array\nacts Array\nid String\ntitle Long\nrank Long";
    assert_eq!(reading(text, example), "list(acts(id) title rank)");
}

#[test]
fn an_object_whose_fields_are_to_come_is_not_closed_by_a_field_that_no_example_has() {
    let text = "all Object\nfiles Array\nid String\nspace Long\nparts Array\nid String\nsize Long\n\
                kind String\nuntil Long\nok Boolean";
    let example =
        r#"{ "all": { "files": [ { "id": "x" } ], "parts": [ { "kind": "x" } ] }, "ok": true }"#;
    assert_eq!(
        reading(text, example),
        "all(files(id space?) parts(id size kind until?)) ok"
    );
}

#[test]
fn keys_of_a_map_of_values_are_no_fields() {
    let text = "data Array of Map<String, Any>\nmeta Array\nid String";
    assert_eq!(
        reading(text, r#"{ "data": [ { "k": 1 } ] }"#),
        "data meta(id)"
    );
}

#[test]
fn lists_of_lists_of_objects_have_fields() {
    let text = "cells Array of Array of Object\nkind String";
    assert_eq!(reading(text, "{}"), "cells(kind)");
}

#[test]
fn what_nothing_decides_is_told() {
    let text = "a Object\nb String\nc String\nd String";
    let example = r#"{ "a": { "b": "x" }, "d": "x" }"#;
    assert_eq!(reading(text, example), "a(b c?) d");
    let lines = lines(text);
    let json = json::read(example.lines().enumerate())
        .json
        .expect("an example");
    let reading = read(&lines, &[Rc::new(Inferred::of(&json))]);
    assert_eq!(
        reading.unclear,
        [(2, vec![Place::Field(Some(0)), Place::Field(None)])]
    );
}

#[test]
fn a_type_inside_itself_is_described_once() {
    // As the spec shows it: the inner object has all fields that the outer has.
    let text = "list Array\nid Long\nparts Array\nrank Long\nsize Long";
    let example = r#"{ "list": [ { "id": 1, "parts": [ { "id": 1, "parts": [], "rank": 1, "size": 1 } ],
                       "rank": 1, "size": 1 } ] }"#;
    assert_eq!(reading(text, example), "list(id parts rank? size?)");
    // Fields that come again are described.
    let text = "list Array\nid Long\nparts Array\nid Long\nrank Long\nrank Long\nsize Long";
    assert_eq!(reading(text, example), "list(id parts(id rank) rank size)");
    // A field of its own name is no sign by itself.
    let text = "list Array\nid Long\nparts Array\nname String\nrank Long";
    let example =
        r#"{ "list": [ { "id": 1, "parts": [ { "parts": "x", "name": "x" } ], "rank": 1 } ] }"#;
    assert_eq!(reading(text, example), "list(id parts(name) rank)");
}

#[test]
fn whether_a_bare_map_has_rows_is_told() {
    assert_eq!(reading("m Map\na String\nb Long", "{}"), "m a? b?");
    assert_eq!(reading("m Map\na String", r#"{ "a": "x" }"#), "m a");
}

#[test]
fn marks_before_names_decide() {
    let text = "a Object\n.b Object\n..c String\n.d String\ne String";
    assert_eq!(reading(text, "{}"), "a(b(c) d) e");
}

#[test]
fn rows_without_a_name_and_rows_named_as_their_type_say_what_elements_are() {
    assert_eq!(
        reading(
            "a Map<String, Object>\n Object\nb String",
            r#"{ "a": { "k": { "b": "x" } } }"#
        ),
        "a(=(b))"
    );
    assert_eq!(
        reading(" Array\nTree Tree", r#"[ { "x": 1 } ]"#),
        "=(=Tree)"
    );
    assert_eq!(
        reading(
            "a Array\nTree Tree\nb String",
            r#"{ "a": [ { "x": 1 } ], "b": "x" }"#
        ),
        "a(=Tree) b"
    );
    assert_eq!(
        reading(
            "a Map<String, Array of Long>\n Array of Long\nb String",
            "{}"
        ),
        "a(=) b"
    );
}

#[test]
fn a_row_for_the_whole_body_is_known_by_the_example() {
    let text = "body Object\na String\nb String";
    assert_eq!(reading(text, r#"{ "a": "x", "b": "x" }"#), "=body(a b)");
    assert_eq!(
        reading(text, r#"{ "body": { "a": "x", "b": "x" } }"#),
        "body(a b)"
    );
}

#[test]
fn a_row_that_is_there_twice_stays_where_it_is() {
    let text = "a Object\nb String\nb String\nc String";
    let example = r#"{ "a": { "b": "x" }, "c": "x" }"#;
    assert_eq!(reading(text, example), "a(b b) c");
}

#[test]
fn many_rows_are_read_in_little_time() {
    let text: Vec<String> = (0..400)
        .map(|n| format!("f{n} {}", ["Object", "String", "Array"][n % 3]))
        .collect();
    assert_eq!(read(&lines(&text.join("\n")), &[]).places.len(), 400);
}
