//! A page as blocks: headings, tables, code, and text between them.

use super::columns::is_header;
use super::headings::section;
use super::table;
use super::{Section, Table};

/// A line with its number, from 1.
pub(super) type Line<'a> = (usize, &'a str);

/// A part of a page.
#[derive(Debug)]
pub(super) enum Block<'a> {
    Heading(&'a str),
    Table(Table),
    /// The lines between fences. The opening fence is on line `fence`.
    Code {
        fence: usize,
        lines: Vec<Line<'a>>,
        closed: bool,
    },
    Text(Vec<Line<'a>>),
}

/// The blocks of a page, and what it says of itself at its top.
pub(super) struct Page<'a> {
    pub(super) lines: Vec<&'a str>,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) front: Front,
}

/// What the lines between `---` at the top say.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) slug: Option<String>,
}

impl<'a> Page<'a> {
    pub(super) fn read(lines: Vec<&'a str>) -> Self {
        let (mut front, body) = front(&lines);
        let mut blocks = Vec::new();
        let mut at = body;
        while at < lines.len() {
            at = block(&lines, at, &mut blocks);
        }
        let mut top = lines.iter().take(40);
        let quoted = top.find_map(|line| line.strip_prefix("> Source:"));
        front.source = front
            .source
            .or(quoted.map(|source| source.trim().to_owned()));
        Self {
            lines,
            blocks,
            front,
        }
    }
}

/// Reads the block that begins at a line (from 0) and gives the line behind it.
fn block<'a>(lines: &[&'a str], at: usize, blocks: &mut Vec<Block<'a>>) -> usize {
    let (line, rest) = (lines[at], &lines[at..]);
    if is_fence(line) {
        return fenced(lines, at, blocks);
    }
    if is_heading(line) {
        blocks.push(Block::Heading(line));
        return at + 1;
    }
    let ruled = rest.get(1).is_some_and(|next| table::is_ruler(next)) && line.contains('|');
    if table::is_row(line) || ruled {
        let (tables, used) = table::read(rest, at + 1, is_header, ends_rows);
        if used > 0 {
            blocks.extend(tables.into_iter().map(Block::Table));
            return at + used;
        }
    }
    if table::tab_header(line, at + 1).is_some_and(|row| is_header(&row)) {
        let (table, used) = table::read_tabs(rest, at + 1, is_header, ends_rows);
        blocks.push(Block::Table(table));
        return at + used;
    }
    match blocks.last_mut() {
        Some(Block::Text(text)) if text.last().is_some_and(|(last, _)| *last == at) => {
            text.push((at + 1, line));
        }
        _ => blocks.push(Block::Text(vec![(at + 1, line)])),
    }
    at + 1
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```")
}

/// A line that does not continue the row before it.
fn ends_rows(line: &str) -> bool {
    is_fence(line) || is_heading(line)
}

/// A line that is a heading by its marks, or by its words: a copy from a browser has no marks.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let hashes = line.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&hashes) {
        return line[hashes..].starts_with([' ', '\t']);
    }
    let bold = line
        .strip_prefix("**")
        .and_then(|line| line.strip_suffix("**"));
    let marked = bold.is_some_and(|inside| !inside.is_empty() && !inside.contains("**"));
    marked || (line.chars().count() <= 40 && section(line) != Section::Other)
}

/// Code between fences. One that is never closed ends at a heading or a table that cannot be code.
fn fenced<'a>(lines: &[&'a str], at: usize, blocks: &mut Vec<Block<'a>>) -> usize {
    let ends = |(number, line): &(usize, &&str)| {
        let marked = line.starts_with('#') && section(line) != Section::Other;
        let ruled = lines
            .get(number + 1)
            .is_some_and(|next| table::is_ruler(next));
        is_fence(line) || marked || (table::is_row(line) && ruled)
    };
    let end = lines.iter().enumerate().skip(at + 1).find(ends);
    let closed = end.is_some_and(|(_, line)| is_fence(line));
    let end = end.map_or(lines.len(), |(number, _)| number);
    blocks.push(Block::Code {
        fence: at + 1,
        lines: (at + 2..).zip(lines[at + 1..end].iter().copied()).collect(),
        closed,
    });
    if closed { end + 1 } else { end }
}

/// Reads the lines between `---` at the top, and gives the line behind them.
fn front(lines: &[&str]) -> (Front, usize) {
    let mut front = Front::default();
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return (front, 0);
    }
    let mut inside = lines.iter().skip(1).take(40);
    let Some(close) = inside.position(|line| line.trim_end() == "---") else {
        return (front, 0);
    };
    for line in &lines[1..=close] {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches('"').to_owned();
        match key.trim() {
            "source_url" | "source" | "url" => front.source = Some(value),
            "title" => front.title = Some(value),
            "slug" => front.slug = Some(value),
            _ => {}
        }
    }
    // What strayed between them is read as the page is.
    let strayed = lines[1..=close].iter().any(|line| table::is_row(line));
    (front, if strayed { 1 } else { close + 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_headings_tables_code_and_text() {
        let text = "---\ntitle: 园\n---\n# 园\nwords\n| 名称 | 类型 |\n|---|---|\n| a | Long |\n```\n{}\n```";
        let page = Page::read(text.split('\n').collect());
        assert_eq!(page.front.title.as_deref(), Some("园"));
        let [Block::Heading(_), text, Block::Table(table), code] = page.blocks.as_slice() else {
            panic!("four blocks: {:?}", page.blocks);
        };
        assert!(matches!(text, Block::Text(lines) if lines[..] == [(5, "words")]));
        assert_eq!(table.rows[0].cells[0].raw, "a");
        assert!(
            matches!(code, Block::Code { fence: 9, lines, closed: true } if lines[..] == [(10, "{}")])
        );
    }
}
