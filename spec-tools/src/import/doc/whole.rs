//! Whether a text is the whole page of an operation: a copy may be cut off, and events have pages too.

use super::finding::Kind;
use super::json;
use super::table::is_ruler;
use super::{At, Basics, Block, Finding, Page};
use crate::diagnostic::quoted;

/// What pages of events say of themselves, in their titles, headings and tables.
const EVENT: &str = "eventtype|event_type|event type|event body|事件体|事件类型|事件订阅";

/// Where the page is cut off, judging by its last line.
pub(super) fn cut(page: &Page<'_>) -> Option<Finding> {
    let end = page
        .lines
        .iter()
        .rposition(|line| !line.trim().is_empty())?;
    let what = middle_of(page, end)?;
    let last = quoted(page.lines[end].trim());
    let message = format!("the page is cut: {last} is its last line, in the middle of {what}");
    let help = "copy the whole page and import it again";
    let at = Some(At::line(end + 1));
    Some(Finding::new(Kind::LeftOut, at, message, help))
}

/// What breaks off at a line, counted from 0.
fn middle_of(page: &Page<'_>, end: usize) -> Option<&'static str> {
    let last = page.lines[end].trim_end();
    let begins = |line: &str| line.trim_start().starts_with('{');
    match page.blocks.iter().rfind(|block| !is_empty(block))? {
        Block::Heading(_) => Some("a section"),
        Block::Table(_) if is_ruler(last) => Some("a table"),
        Block::Table(_) => {
            let ruler = page.lines[..end].iter().rfind(|line| is_ruler(line))?;
            let bars = |line: &str| line.matches('|').count();
            let lacks_cells = last.trim_start().starts_with('|') && bars(last) < bars(ruler);
            let cut = ruler.trim_end().ends_with('|') && (lacks_cells || !last.ends_with('|'));
            cut.then_some("a row of a table")
        }
        Block::Code { closed: false, .. } => Some("a block of code"),
        Block::Code { .. } => None,
        Block::Text(lines) => {
            let lines = lines.iter().copied();
            let mut slips = json::read(lines.skip_while(|(_, line)| !begins(line)))
                .slips
                .into_iter();
            slips.any(|(_, slip)| slip == json::CUT).then_some("JSON")
        }
    }
}

fn is_empty(block: &Block<'_>) -> bool {
    matches!(block, Block::Text(lines) if lines.iter().all(|(_, line)| line.trim().is_empty()))
}

/// The refusal of a page that describes an event: it has neither method nor address.
pub(super) fn event(page: &Page<'_>, basics: &Basics) -> Option<Finding> {
    if basics.url.is_some() || basics.method.is_some() {
        return None;
    }
    let line = page.lines.iter().position(|line| {
        let line = line.to_lowercase();
        EVENT.split('|').any(|word| line.contains(word))
    })?;
    let help = "the spec describes operations; the platform sends events on its own";
    let (at, message) = (At::line(line + 1), "this is an event, not an operation");
    Some(Finding::refused(Some(at), message, help))
}
