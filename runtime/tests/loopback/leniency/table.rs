//! The table of ARCHITECTURE.md as data.

/// What a typed call makes of a value.
pub enum Typed {
    /// The field as `Debug` shows it.
    Is(&'static str),
    /// Nothing: the field is unset, and that is as it should be.
    Unset,
    /// The value is left out and reported: where, what was expected, what was found. The field is then as given.
    Misfit(&'static str, Option<&'static str>),
}
use Typed::{Is, Misfit, Unset};

/// Documented as, found, and what a typed call gives.
pub const ROWS: &[(&str, &str, Typed)] = &[
    ("string", r#""""#, Is(r#""""#)),
    ("string", r#""text""#, Is(r#""text""#)),
    ("string", "null", Unset),
    ("string", "12", Is(r#""12""#)),
    (
        "string",
        "18446744073709551615",
        Is(r#""18446744073709551615""#),
    ),
    ("string", "true", Is(r#""true""#)),
    (
        "string",
        "{}",
        Misfit("string: expected a string, found an object", None),
    ),
    (
        "string",
        "[1]",
        Misfit("string: expected a string, found a list", None),
    ),
    ("integer", r#""""#, Unset),
    ("integer", "null", Unset),
    ("integer", r#""-7""#, Is("-7")),
    ("integer", "3.0", Is("3")),
    ("integer", r#""3.0""#, Is("3")),
    ("integer", "9223372036854775807", Is("9223372036854775807")),
    (
        "integer",
        "9223372036854775808",
        Misfit(
            "integer: expected an integer, found 9223372036854775808",
            None,
        ),
    ),
    (
        "integer",
        "1.5",
        Misfit("integer: expected an integer, found 1.5", None),
    ),
    (
        "integer",
        r#""x""#,
        Misfit(r#"integer: expected an integer, found "x""#, None),
    ),
    (
        "integer",
        "true",
        Misfit("integer: expected an integer, found true", None),
    ),
    (
        "integer",
        "{}",
        Misfit("integer: expected an integer, found an object", None),
    ),
    ("number", r#""""#, Unset),
    ("number", "null", Unset),
    ("number", "7", Is("7.0")),
    ("number", r#""1.5""#, Is("1.5")),
    (
        "number",
        r#""NaN""#,
        Misfit(r#"number: expected a number, found "NaN""#, None),
    ),
    (
        "number",
        "false",
        Misfit("number: expected a number, found false", None),
    ),
    ("boolean", r#""""#, Unset),
    ("boolean", "null", Unset),
    ("boolean", "1", Is("true")),
    ("boolean", "0", Is("false")),
    ("boolean", r#""1""#, Is("true")),
    ("boolean", r#""0""#, Is("false")),
    ("boolean", r#""true""#, Is("true")),
    ("boolean", r#""False""#, Is("false")),
    (
        "boolean",
        "2",
        Misfit("boolean: expected a boolean, found 2", None),
    ),
    (
        "boolean",
        r#""yes""#,
        Misfit(r#"boolean: expected a boolean, found "yes""#, None),
    ),
    ("stringEnum", r#""grid""#, Is(r#""grid""#)),
    ("stringEnum", r#""later""#, Is(r#""later""#)),
    ("stringEnum", r#""""#, Is(r#""""#)),
    ("stringEnum", "5", Is(r#""5""#)),
    ("stringEnum", "null", Unset),
    (
        "stringEnum",
        "[]",
        Misfit("stringEnum: expected a string, found a list", None),
    ),
    ("integerEnum", r#""40""#, Is("40")),
    ("integerEnum", "41", Is("41")),
    ("integerEnum", r#""""#, Unset),
    (
        "integerEnum",
        r#""low""#,
        Misfit(r#"integerEnum: expected an integer, found "low""#, None),
    ),
    ("list", r#""""#, Unset),
    ("list", "null", Unset),
    ("list", "[]", Is("[]")),
    (
        "list",
        r#"["a", 2, null, "", true]"#,
        Is(r#"["a", "2", "", "true"]"#),
    ),
    ("list", r#""[\"a\", 2]""#, Is(r#"["a", "2"]"#)),
    (
        "list",
        r#"["a", {}]"#,
        Misfit(
            "list[1]: expected a string, found an object",
            Some(r#"["a"]"#),
        ),
    ),
    (
        "list",
        r#""a,b""#,
        Misfit(r#"list: expected a list, found "a,b""#, None),
    ),
    (
        "list",
        "{}",
        Misfit("list: expected a list, found an object", None),
    ),
    ("list", "1", Misfit("list: expected a list, found 1", None)),
    (
        "list",
        r#""[1""#,
        Misfit(
            "list: expected a list, found a string of invalid JSON (EOF while parsing a list)",
            None,
        ),
    ),
    ("integers", r#"[1, "", "2", null]"#, Is("[1, 2]")),
    (
        "integers",
        r#"[1, "x"]"#,
        Misfit(
            r#"integers[1]: expected an integer, found "x""#,
            Some("[1]"),
        ),
    ),
    ("object", r#""""#, Unset),
    ("object", "null", Unset),
    ("object", r#"{"height": 1}"#, Is("Size { height: 1 }")),
    ("object", r#""{\"height\":1}""#, Is("Size { height: 1 }")),
    (
        "object",
        r#""x""#,
        Misfit(r#"object: expected an object, found "x""#, None),
    ),
    (
        "object",
        "[]",
        Misfit("object: expected an object, found a list", None),
    ),
    (
        "object",
        "[[{}]]",
        Misfit("object: expected an object, found a list", None),
    ),
    (
        "object",
        r#"{"height": "x", "label": "l"}"#,
        Misfit(
            r#"object.height: expected an integer, found "x""#,
            Some(r#"Size { label: "l" }"#),
        ),
    ),
    (
        "object",
        r#""{\"height\":[],\"label\":\"l\"}""#,
        Misfit(
            "object.height: expected an integer, found a list",
            Some(r#"Size { label: "l" }"#),
        ),
    ),
    (
        "objects",
        r#"[{"height": 1}, {"height": {"a": [1]}, "label": "l"}, {"height": 3}]"#,
        Misfit(
            "objects[1].height: expected an integer, found an object",
            Some(r#"[Size { height: 1 }, Size { label: "l" }, Size { height: 3 }]"#),
        ),
    ),
    (
        "objects",
        r#"[{"height": 1}, 2]"#,
        Misfit(
            "objects[1]: expected an object, found 2",
            Some("[Size { height: 1 }]"),
        ),
    ),
    ("map", r#""""#, Unset),
    (
        "map",
        r#"{"a": 1, "b": "2", "c": null, "d": ""}"#,
        Is(r#"{"a": 1, "b": 2}"#),
    ),
    ("map", r#""{\"a\":1}""#, Is(r#"{"a": 1}"#)),
    (
        "map",
        r#"{"a": 1, "b": "x"}"#,
        Misfit(
            r#"map.b: expected an integer, found "x""#,
            Some(r#"{"a": 1}"#),
        ),
    ),
    (
        "map",
        "[]",
        Misfit("map: expected an object, found a list", None),
    ),
    (
        "jsonString",
        r#""{\"height\":1}""#,
        Is("Size { height: 1 }"),
    ),
    ("jsonString", r#"{"height":1}"#, Is("Size { height: 1 }")),
    ("jsonString", r#""""#, Unset),
    (
        "jsonString",
        r#""{""#,
        Misfit(
            "jsonString: expected an object, found a string of invalid JSON (EOF while parsing an object)",
            None,
        ),
    ),
    (
        "jsonString",
        "1",
        Misfit("jsonString: expected an object, found 1", None),
    ),
    ("json", r#""""#, Is(r#""""#)),
    ("json", "null", Unset),
    ("json", r#"{"a":[1,"x",null]}"#, Is(r#"{"a":[1,"x",null]}"#)),
    (
        "secret",
        r#""hidden""#,
        Misfit("secret: expected an integer, found a string", None),
    ),
];
