//! Choices, numbers and texts from one seed. Many of the texts are hard to write in a file.

use dingtalk_codegen::diagnostic::is_invisible;

const ODD: &[&str] = &[
    "",
    " ",
    "~",
    "null",
    "Null",
    "true",
    "FALSE",
    "yes",
    "No",
    "y",
    "N",
    "on",
    "off",
    "1",
    "-1",
    "+1",
    "007",
    "0x10",
    "0o17",
    "0b1",
    "1_000",
    "1e3",
    "1E-3",
    "1.",
    ".5",
    "-.5",
    ".inf",
    "-.INF",
    ".nan",
    "1:30",
    "12:30:45.5",
    "2024-01-31",
    "2024-1-1 10:00",
    "2024-01-31T10:00:00Z",
    "0.1.0",
    "<<",
    "=",
    "-",
    "--",
    "---",
    "...",
    "- a",
    "-a",
    "?",
    "? a",
    "?a",
    ":",
    ":a",
    ": a",
    "a:",
    "a: b",
    "a:b",
    "a :b",
    "a#b",
    "a #b",
    "#a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "'",
    "''",
    "a'b",
    "\"",
    "a\"b",
    "\\",
    "\\n",
    "{",
    "}",
    "{}",
    "[",
    "]",
    "[]",
    "{ a: 1 }",
    "a, b",
    ",",
    "a,b",
    "a{b",
    "a ",
    " a",
    "a  b",
    "\ta",
    "a\tb",
    "a\n",
    "\n",
    "\n\n",
    "\na",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n",
    "a\n\n",
    " a\nb",
    "a\n b\n",
    "a \nb",
    "\u{a0}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{1f600}",
    "\u{10ffff}",
    "名称",
    "é",
    "https://a.b/c?d=e#f",
    "error:%s",
    "{\"a\": [1]}",
    "# yaml-language-server: x",
];

/// What is thrown for each choice.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator `SplitMix64`.
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(limit).unwrap()).unwrap()
    }

    /// A number below 90.
    pub(crate) fn number(&mut self) -> u8 {
        u8::try_from(self.below(90)).unwrap()
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }

    pub(crate) fn many<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| one(self)).collect()
    }

    pub(crate) fn maybe<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(2).then(|| one(self))
    }

    fn letters(&mut self) -> String {
        let marks = ",.:#-'\" ";
        let mut word: String = (0..=self.below(12))
            .map(|_| char::from(b'a' + u8::try_from(self.below(26)).unwrap()))
            .collect();
        if self.one_in(6) {
            let at = self.below(marks.len());
            word.push_str(&marks[at..=at]);
        }
        word
    }

    /// A text of any kind that a spec may hold.
    pub(crate) fn text(&mut self) -> String {
        match self.below(8) {
            0..4 => self.pick(ODD).to_owned(),
            4 => self.words(5),
            5 => self.words(50),
            6 => {
                let lines = self.many(4, |dice| dice.words(20));
                lines.join(if self.one_in(3) { "\n\n" } else { "\n" })
            }
            _ => self
                .many(8, |dice| dice.pick(&[0x24, 0x800, 0x1_0000, 0x11_0000]))
                .into_iter()
                .map(|limit| {
                    char::from_u32(u32::try_from(self.below(limit)).unwrap())
                        .filter(|c| *c == '\n' || *c == '\t' || !is_invisible(*c))
                        .unwrap_or(' ')
                })
                .collect(),
        }
    }

    fn words(&mut self, most: usize) -> String {
        self.many(most, Self::letters).join(" ")
    }

    pub(crate) fn word(&mut self) -> String {
        if self.one_in(4) {
            self.text()
        } else {
            self.letters()
        }
    }
}
