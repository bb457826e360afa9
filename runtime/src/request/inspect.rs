//! Looks through a typed request before it is encoded: for values beyond their limits, and for secrets.

use crate::model::json::text;
use crate::model::{JSON_STRING, Model, Path, ValueLimit, View, of_field};
use crate::secret::{Secret, collect_texts};

/// What one walk over a request finds.
#[derive(Default)]
pub(super) struct Inspection {
    /// The texts that errors must mask.
    pub(super) secrets: Vec<Secret>,
    /// The fields beyond their limits, each with what is wrong with it.
    pub(super) mistakes: Vec<(String, String)>,
}

impl Inspection {
    pub(super) fn of(request: &dyn Model) -> Self {
        let mut inspection = Self::default();
        inspection.value(&View::Object(request), &Path::Root(None), false);
        inspection
    }

    fn value(&mut self, view: &View<'_>, path: &Path<'_>, secret: bool) {
        match view {
            View::String(text) if secret => self.secrets.push(Secret((*text).to_owned())),
            View::Object(model) => self.object(*model, path, secret),
            View::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    self.value(&item, &Path::Item(path, index), secret);
                }
            }
            View::Map(map) => {
                for (key, item) in map.entries() {
                    self.value(&item, &Path::Entry(path, key), secret);
                }
            }
            View::Json(value) if secret => collect_texts(value, &mut self.secrets),
            _ => {}
        }
    }

    /// The limit of a one-of's content, which is a string.
    fn content(&mut self, view: &View<'_>, path: &Path<'_>, limit: &ValueLimit) {
        let View::Object(one_of) = view else { return };
        let Some(info) = one_of.info().fields().get(1) else {
            return;
        };
        let content = one_of.get(1).view();
        if info.has(JSON_STRING)
            && let Ok(text) = text(content)
            && let Some(reason) = limit.mistake(&View::String(&text), false)
        {
            let path = Path::Field(path, info);
            self.mistakes.push((path.to_string(), reason));
        }
        if let View::Map(others) = content {
            let mistakes = others.entries().filter_map(|(name, value)| {
                let path = Path::Entry(path, name);
                Some((path.to_string(), limit.mistake(&value, false)?))
            });
            self.mistakes.extend(mistakes);
        }
    }

    fn object(&mut self, model: &dyn Model, path: &Path<'_>, secret: bool) {
        let limits = model.limits();
        for (index, info) in model.info().fields().iter().enumerate() {
            let view = model.get(index).view();
            if info.is_flattened() {
                for limit in of_field(limits, index) {
                    self.content(&view, path, &limit);
                }
                self.value(&view, path, secret || info.is_secret());
                continue;
            }
            let path = Path::Field(path, info);
            let secret = secret || info.is_secret();
            let limits = of_field(limits, index);
            let mistakes = limits
                .filter_map(|limit| limit.mistake(&view, secret))
                .chain(info.comma_mistake(&view, secret));
            self.mistakes
                .extend(mistakes.map(|reason| (path.to_string(), reason)));
            self.value(&view, &path, secret);
        }
    }
}
