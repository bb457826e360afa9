//! Whatever is taken away comes back, and nothing that was said is lost.

use super::*;

/// Takes away what a merge puts back: whole fields, values, rows, parts of examples, marks.
fn thin(op: &mut Operation, dice: &mut Dice) {
    let gone = |dice: &mut Dice| dice.one_in(4);
    // Values in the path are always required, those of a reply never.
    thin_fields(&mut op.path_params, false, dice);
    thin_fields(&mut op.query, true, dice);
    thin_fields(&mut op.headers, true, dice);
    for (fields, required) in [(&mut op.body, true), (&mut op.response, false)] {
        fields.take_if(|_| gone(dice));
        if let Some(fields) = fields {
            thin_fields(fields, required, dice);
        }
    }
    if gone(dice) {
        op.app_types.clear();
    }
    if gone(dice) {
        op.token = TokenUse::Required;
    }
    for text in [&mut op.doc, &mut op.source, &mut op.permission] {
        text.take_if(|_| gone(dice));
    }
    op.idempotent.take_if(|_| gone(dice));
    op.paging.take_if(|_| gone(dice));
    op.errors.retain(|_| !gone(dice));
    if let Some(example) = &mut op.example {
        example.response.take_if(|_| gone(dice));
        example.request.body.take_if(|_| gone(dice));
    }
    op.example.take_if(|_| gone(dice));
}

fn thin_fields(fields: &mut Fields, required: bool, dice: &mut Dice) {
    let kept = std::mem::take(fields);
    *fields = kept
        .iter()
        .map(|(name, field)| (name.clone(), field.clone()))
        .filter(|_| !dice.one_in(4))
        .collect();
    let thinned = fields.iter().map(|(name, field)| {
        let mut field = field.clone();
        thin_field(&mut field, required, dice);
        (name.clone(), field)
    });
    *fields = thinned.collect();
}

fn thin_field(field: &mut Field, required: bool, dice: &mut Dice) {
    field.doc.take_if(|_| dice.one_in(2));
    for flag in [&mut field.secret, &mut field.success_flag] {
        *flag &= !dice.one_in(2);
    }
    field.required &= !(required && dice.one_in(2));
    if let Some(values) = &mut field.values {
        let kept = values.iter().filter(|_| !dice.one_in(3));
        *values = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Ordered<_, _>>();
        if field.type_name.is_none() && field.rust_type.is_none() && dice.one_in(3) {
            field.values = None;
            field.type_name = Some(ScalarOrNamed::String);
        }
    }
    if let Some(object) = &mut field.object {
        thin_fields(object, required, dice);
    }
    for node in [&mut field.list, &mut field.map].into_iter().flatten() {
        if let TypeNode::Node(inner) = node.as_mut() {
            // What lists and maps hold has a text at most.
            let marks = (
                inner.required,
                inner.secret,
                inner.success_flag,
                inner.doc.clone(),
            );
            thin_field(inner, required, dice);
            (inner.required, inner.secret, inner.success_flag, inner.doc) = marks;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file lacks of the facts is put back where it was.
    #[test]
    fn what_was_taken_away_comes_back(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let mut known = dice.operation();
        known.body_type.take_if(|_| known.body.is_some());
        known.response_type.take_if(|_| known.response.is_some());
        known.undecided = None;
        let mut reviewed = known.clone();
        thin(&mut reviewed, &mut dice);
        let (text, findings) = merge(&Document::operation(&reviewed).to_string(), &known, None);
        prop_assert_eq!(text, Document::operation(&known).to_string());
        for finding in findings {
            prop_assert!(finding.contains(": added "), "{finding}");
        }
    }

    /// Facts that have little to do with the file: it keeps what it says, and twice is the same as once.
    #[test]
    fn whatever_the_facts_are_the_file_keeps_what_it_says(seed in any::<u64>(), other in any::<u64>()) {
        let reviewed = Document::operation(&Dice::new(seed).operation()).to_string();
        let known = Dice::new(other).operation();
        let (text, _) = merge(&reviewed, &known, None);
        let merged: Operation = serde_yaml::from_str(&text).expect("good form");
        let reviewed: Operation = serde_yaml::from_str(&reviewed).expect("good form");
        prop_assert_eq!(&merged.summary, &reviewed.summary);
        prop_assert_eq!(&merged.path, &reviewed.path);
        for (ours, theirs) in [(&reviewed.query, &merged.query), (&reviewed.headers, &merged.headers)] {
            for (name, field) in ours.iter() {
                let kept = theirs.get(name).expect("no field is lost");
                prop_assert_eq!(&kept.rust_name, &field.rust_name);
                prop_assert!(field.doc.is_none() || kept.doc == field.doc);
            }
        }
        for row in &reviewed.errors {
            prop_assert!(merged.errors.iter().any(|kept| kept.code == row.code && kept.status == row.status));
        }
    }
}
