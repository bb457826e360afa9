//! Fields by name, wherever they are.

use super::shapes::Holder;
use super::{Merger, NO_FIELDS, join, key};
use crate::diagnostic::Step;
use crate::document::{Map, Scalar, model};
use crate::spec::{Encoding, Field, Fields, NamedType, Operation, ScalarOrNamed, Shape};

/// A body or a reply: an object with fields of its own, or something else.
#[derive(Clone, Copy)]
struct Whole<'a> {
    fields: Option<&'a Fields>,
    field: Option<&'a Field>,
}

impl<'a> Whole<'a> {
    fn body(operation: &'a Operation) -> Self {
        Self {
            fields: operation.body.as_ref(),
            field: operation.body_type.as_deref(),
        }
    }

    fn reply(operation: &'a Operation) -> Self {
        Self {
            fields: operation.response.as_ref(),
            field: operation.response_type.as_deref(),
        }
    }
}

impl<'a> Merger<'a> {
    /// What an operation is sent.
    pub(super) fn request(&mut self, own: &'a Operation, facts: &'a Operation) {
        self.section("path_params", &own.path_params, &facts.path_params, &[]);
        let ours = sections(own);
        let theirs = sections(facts);
        let has =
            |fields: Option<&Fields>, name: &str| fields.is_some_and(|f| f.get(name).is_some());
        // A field may be in the query here and in the body elsewhere.
        let mut moved: Vec<&str> = Vec::new();
        for (place, fields) in theirs {
            for (name, _) in fields.into_iter().flat_map(Fields::iter) {
                let known = ours
                    .iter()
                    .any(|(own, fields)| *own == place && has(*fields, name));
                let other = ours
                    .iter()
                    .zip(theirs)
                    .find(|((own, fields), (_, theirs))| {
                        *own != place && has(*fields, name) && !has(*theirs, name)
                    });
                if let (false, Some(((other, _), _))) = (known, other) {
                    moved.push(name);
                    self.disagree(
                        &[key(other), key(name)],
                        format!("in {other}"),
                        format!("in {place}"),
                    );
                }
            }
        }
        self.section("query", &own.query, &facts.query, &moved);
        self.section("headers", &own.headers, &facts.headers, &moved);
        let (ours, theirs) = (Whole::body(own), Whole::body(facts));
        self.whole(["body", "body_type"], ours, theirs, false, &moved);
    }

    /// What comes back.
    pub(super) fn reply(&mut self, own: &'a Operation, facts: &'a Operation) {
        let (ours, theirs) = (Whole::reply(own), Whole::reply(facts));
        self.whole(["response", "response_type"], ours, theirs, true, &[]);
    }

    fn section(&mut self, name: &str, own: &'a Fields, facts: &'a Fields, skip: &[&str]) {
        if facts.iter().any(|(name, _)| !skip.contains(&name.as_str())) {
            self.begin(name);
        }
        self.fields_but(&[key(name)], own, facts, false, skip);
    }

    /// Sees to it that there is a section.
    fn begin(&mut self, name: &str) {
        if !self.says(&[key(name)]) {
            self.put(&[], name, Map::default());
        }
    }

    fn whole(
        &mut self,
        [object, other]: [&str; 2],
        own: Whole<'a>,
        fact: Whole<'a>,
        reply: bool,
        skip: &[&str],
    ) {
        let [object, other] = [[key(object)], [key(other)]];
        match ((own.fields, own.field), (fact.fields, fact.field)) {
            (_, (None, None)) => {
                if own.fields.is_some_and(|fields| {
                    fields.iter().all(|(name, _)| skip.contains(&name.as_str()))
                }) {
                    return;
                }
                if own.fields.is_some() {
                    self.only_in_file(&object);
                } else if own.field.is_some() {
                    self.only_in_file(&other);
                }
            }
            ((None, None), (Some(facts), _)) => {
                let [Step::Key(name)] = &object else { return };
                if facts.is_empty() {
                    self.add(&[], name, Map::default());
                } else if facts.iter().any(|(name, _)| !skip.contains(&name.as_str())) {
                    self.begin(name);
                    self.fields_but(&object, &NO_FIELDS, facts, reply, skip);
                }
            }
            ((None, None), (None, Some(fact))) => {
                let [Step::Key(name)] = &other else { return };
                self.add(&[], name, model::field(fact));
                self.need_types_of_shape(fact.shape());
            }
            ((Some(own), _), (Some(facts), _)) => self.fields_but(&object, own, facts, reply, skip),
            ((Some(own), _), (None, Some(fact))) => match self.object_of(fact) {
                Some(facts) => self.fields_but(&object, own, facts, reply, skip),
                None => self.shape(&object, Shape::Object(own).into(), fact.into(), reply),
            },
            ((None, Some(own)), (Some(facts), _)) => {
                self.shape(&other, own.into(), Shape::Object(facts).into(), reply);
            }
            ((None, Some(own)), (None, Some(fact))) => self.field(&other, own, fact, reply),
        }
    }

    /// The fields of the named type that a field has.
    fn object_of(&self, field: &Field) -> Option<&'a Fields> {
        match field.shape() {
            Some(Shape::Name(ScalarOrNamed::Named(name))) => self
                .fact_type(name)
                .and_then(|def: &'a NamedType| def.object.as_ref()),
            _ => None,
        }
    }

    /// Merges the fields of an object.
    pub(super) fn fields(
        &mut self,
        path: &[Step],
        own: &'a Fields,
        facts: &'a Fields,
        reply: bool,
    ) {
        self.fields_but(path, own, facts, reply, &[]);
    }

    fn fields_but(
        &mut self,
        path: &[Step],
        own: &'a Fields,
        facts: &'a Fields,
        reply: bool,
        skip: &[&str],
    ) {
        let mut at = 0;
        for (name, fact) in facts
            .iter()
            .filter(|(name, _)| !skip.contains(&name.as_str()))
        {
            if let Some(known) = own.get(name) {
                self.field(&join(path, key(name)), known, fact, reply);
                at = self
                    .position(path, name)
                    .map_or(at, |position| position + 1);
            } else {
                self.add_at(path, at, Scalar::text(name), model::field(fact));
                if !self.in_service {
                    self.need_types_of_shape(fact.shape());
                }
                at += 1;
            }
        }
        for (name, _) in own.iter() {
            if facts.get(name).is_none() && !skip.contains(&name.as_str()) {
                self.only_in_file(&join(path, key(name)));
            }
        }
    }

    fn field(&mut self, path: &[Step], own: &'a Field, fact: &'a Field, reply: bool) {
        self.shape(path, Holder::from(own), Holder::from(fact), reply);
        let in_path = matches!(path, [Step::Key(section), _] if section == "path_params");
        // Replies may leave out what they like, and values in the path are always there.
        if !reply && !in_path {
            self.flag(path, "required", own.required, fact.required);
            if own.required && !fact.required {
                self.only_in_file(&join(path, key("required")));
            }
        }
        self.flag(path, "secret", own.secret, fact.secret);
        self.flag(
            path,
            "idempotency_key",
            own.idempotency_key,
            fact.idempotency_key,
        );
        self.flag(path, "success_flag", own.success_flag, fact.success_flag);
        let encoding = join(path, key("encoding"));
        match (own.encoding, fact.encoding) {
            (None, Some(fact)) => self.add(path, "encoding", Scalar::text(model::encoding(fact))),
            (Some(own), Some(fact)) if own != fact => {
                self.disagree(&encoding, model::encoding(own), model::encoding(fact));
            }
            // A string that holds JSON is described more exactly here.
            (Some(Encoding::Comma | Encoding::Indexed), None) => self.only_in_file(&encoding),
            _ => {}
        }
        if let (None, Some(doc)) = (&own.doc, &fact.doc) {
            self.add(path, "doc", Scalar::text(doc));
        }
    }

    /// A mark that is set elsewhere is set here too, unless the file denies it.
    fn flag(&mut self, path: &[Step], name: &str, own: bool, fact: bool) {
        if own || !fact {
            return;
        }
        let place = join(path, key(name));
        if self.says(&place) {
            self.disagree(&place, "false", "true");
        } else {
            self.add(path, name, Scalar::bare(true));
        }
    }
}

/// The places of a request's fields other than the path.
fn sections(op: &Operation) -> [(&'static str, Option<&Fields>); 3] {
    [
        ("query", Some(&op.query)),
        ("headers", Some(&op.headers)),
        ("body", op.body.as_ref()),
    ]
}
