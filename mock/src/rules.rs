//! What the mock was told to answer.

use std::time::Duration;

use dingtalk_api::Bytes;
use dingtalk_api::model::Json;

use crate::answer::Answer;
use crate::envelope::Refusal;
use crate::error::MockError;
use crate::route::Known;

/// A rule for one operation.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Service and action.
    pub(crate) operation: (&'static str, &'static str),
    pub(crate) effect: Effect,
    /// How many calls it still answers; `None` is all.
    pub(crate) left: Option<u32>,
}

/// What happens to a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    /// How long the reply is held back.
    pub(crate) delay: Duration,
    /// Whether the connection is closed in the middle of the reply.
    pub(crate) cut: bool,
    pub(crate) outcome: Outcome,
}

/// What a call is answered.
#[derive(Debug, Clone, Default)]
pub(crate) enum Outcome {
    /// What it would be answered without a rule.
    #[default]
    Usual,
    /// A success with this reply.
    Reply(Json),
    /// An error. The operation is not carried out.
    Refuse(Box<Refusal>),
    /// Whatever this is. The operation is not carried out.
    Raw(Answer),
}

impl Outcome {
    /// Whether it comes before the request is looked at.
    pub(crate) fn is_fault(&self) -> bool {
        matches!(self, Self::Refuse(_) | Self::Raw(_))
    }

    /// What an address is answered that the platform blocks for a while.
    pub(crate) fn block() -> Self {
        let page = r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"mock"}"#;
        Self::Raw(Answer::json(200, page))
    }

    /// What a proxy answers that does not reach the platform.
    pub(crate) fn html() -> Self {
        let page = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>";
        Self::Raw(Answer::new(502, "text/html; charset=utf-8", page))
    }

    pub(crate) fn empty() -> Self {
        Self::Raw(Answer::new(500, "", Bytes::new()))
    }

    pub(crate) fn error(known: &Known, code: &str) -> Result<Self, MockError> {
        let refusal = Refusal::documented(known, code);
        let refusal = refusal.ok_or_else(|| {
            MockError::unknown_code(known.operation, code, &Refusal::codes(known))
        })?;
        Ok(Self::Refuse(Box::new(refusal)))
    }
}

impl Effect {
    /// Reads `error=CODE`, `throttle`, `block`, `html`, `empty`, `cut` and `delay=MILLISECONDS`, several of them with `;`
    /// between.
    pub(crate) fn parse(known: &Known, text: &str) -> Result<Self, MockError> {
        let mut effect = Self::default();
        for fault in text.split(';').map(str::trim) {
            match fault.split_once('=').unwrap_or((fault, "")) {
                ("error", code) => effect.outcome = Outcome::error(known, code)?,
                ("throttle", "") => {
                    effect.outcome = Outcome::Refuse(Box::new(Refusal::throttled(known)));
                }
                ("block", "") => effect.outcome = Outcome::block(),
                ("html", "") => effect.outcome = Outcome::html(),
                ("empty", "") => effect.outcome = Outcome::empty(),
                ("cut", "") => effect.cut = true,
                ("delay", time) => {
                    let time = time.parse().map_err(|_| MockError::fault(fault))?;
                    effect.delay = Duration::from_millis(time);
                }
                _ => return Err(MockError::fault(fault)),
            }
        }
        Ok(effect)
    }
}

/// All rules, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Rules(Vec<(u64, Rule)>, u64);

impl Rules {
    /// Adds a rule; gives the number by which it can be changed.
    pub(crate) fn add(&mut self, rule: Rule) -> u64 {
        self.1 += 1;
        self.0.push((self.1, rule));
        self.1
    }

    pub(crate) fn change(&mut self, number: u64, change: impl FnOnce(&mut Rule)) {
        if let Some((_, rule)) = self.0.iter_mut().find(|(known, _)| *known == number) {
            change(rule);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes what the oldest rule for the operation says, if it is of this kind.
    pub(crate) fn take(&mut self, service: &str, action: &str, faults: bool) -> Option<Effect> {
        let is_it =
            |(_, rule): &(u64, Rule)| rule.operation == (service, action) && rule.left != Some(0);
        let at = self.0.iter().position(is_it)?;
        let (_, rule) = self.0.get_mut(at)?;
        if rule.effect.outcome.is_fault() != faults {
            return None;
        }
        let effect = rule.effect.clone();
        if let Some(left) = &mut rule.left {
            *left -= 1;
        }
        Some(effect)
    }
}
