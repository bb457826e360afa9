//! Looks through a typed request before it is encoded: for values beyond their limits, and for secrets.

use crate::model::{Model, Path, View, of_field};
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

    fn object(&mut self, model: &dyn Model, path: &Path<'_>, secret: bool) {
        let limits = model.limits();
        for (index, info) in model.info().fields().iter().enumerate() {
            let (view, path) = (model.get(index).view(), Path::Field(path, info));
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
