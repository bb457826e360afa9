//! The file as a whole.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::details::Details;
use crate::events::{Event, EventGroup};
use crate::types::TypeDef;

/// The first bytes of a file. They are no text in any encoding, and a transfer that changes line ends damages them.
pub const MAGIC: [u8; 8] = *b"\x89DTCAT\r\n";

/// The version of the format.
pub const VERSION: u32 = 8;

/// A service, as the list at the beginning of a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service<'a> {
    /// Its name, for example `conference_1_0`.
    pub name: &'a str,
    /// The API that it belongs to, if that is not the platform's first.
    pub api: Option<&'a str>,
    /// Its name in Chinese, if the spec says.
    pub title: Option<&'a str>,
    /// What it is about, if the spec says.
    pub summary: Option<&'a str>,
    size: u32,
}

/// An operation, as the list at the beginning of its service's block has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation<'a> {
    /// The platform's name of it, for example `StartCloudRecord`.
    pub action: &'a str,
    /// The name of its method in Rust.
    pub rust_name: &'a str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with path parameters in braces.
    pub path: &'a str,
    /// Its name in Chinese, if the spec says.
    pub title: Option<&'a str>,
    /// What it does, in a line.
    pub summary: &'a str,
    /// Its group among the operations of a large service.
    pub group: Option<&'a str>,
    size: u32,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "they are HTTP's")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
}

impl Method {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
        }
    }
}

impl<'a> Service<'a> {
    /// A service of a file that is to be [made](write()), which sets the size of its block.
    pub fn new(
        name: &'a str,
        api: Option<&'a str>,
        title: Option<&'a str>,
        summary: Option<&'a str>,
    ) -> Self {
        Self {
            name,
            api,
            title,
            summary,
            size: 0,
        }
    }
}

impl<'a> Operation<'a> {
    /// An operation of a block that is to be [made](Block::write), which sets the size of its details.
    pub fn new(
        action: &'a str,
        rust_name: &'a str,
        method: Method,
        path: &'a str,
        title: Option<&'a str>,
        summary: &'a str,
        group: Option<&'a str>,
    ) -> Self {
        Self {
            action,
            rust_name,
            method,
            path,
            title,
            summary,
            group,
            size: 0,
        }
    }
}

/// What a file begins with.
type Lists<'a> = (Vec<Service<'a>>, Vec<EventGroup<'a>>);

/// A file that is open.
#[derive(Debug, Clone)]
pub struct File<'a> {
    /// Its services, each with its block.
    pub services: Vec<(Service<'a>, &'a [u8])>,
    /// Its groups of events, each with its block.
    pub events: Vec<(EventGroup<'a>, &'a [u8])>,
}

impl<'a> File<'a> {
    /// Opens a file. Of the blocks, nothing is read.
    ///
    /// # Errors
    /// If the bytes are not a catalogue, have another format version, or are truncated.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let bytes = bytes
            .strip_prefix(&MAGIC)
            .ok_or(Error("does not begin as one does"))?;
        let (version, bytes) = bytes.split_first_chunk().ok_or(Error("is cut off"))?;
        if u32::from_le_bytes(*version) != VERSION {
            return Err(Error("is of another version"));
        }
        let ((services, events), mut rest): (Lists<'a>, _) = take(bytes)?;
        let services = with_blocks(services, |service| service.size, &mut rest)?;
        let events = with_blocks(events, |group| group.size, &mut rest)?;
        if rest.is_empty() {
            Ok(Self { services, events })
        } else {
            Err(Error("is longer than it says"))
        }
    }
}

/// The members of a list, each with its block.
fn with_blocks<'a, T>(
    list: Vec<T>,
    size: impl Fn(&T) -> u32,
    rest: &mut &'a [u8],
) -> Result<Vec<(T, &'a [u8])>, Error> {
    let mut all = Vec::with_capacity(list.len());
    for member in list {
        let block = cut(rest, size(&member))?;
        all.push((member, block));
    }
    Ok(all)
}

/// The bytes of a file of these services and groups of events, each with its block, sorted by name.
///
/// # Errors
/// If a block is larger than the format allows.
pub fn write(
    services: &[(Service<'_>, &[u8])],
    events: &[(EventGroup<'_>, &[u8])],
) -> Result<Vec<u8>, Error> {
    let listed = services.iter().map(|(service, block)| {
        Ok(Service {
            size: size(block)?,
            ..service.clone()
        })
    });
    let listed = listed.collect::<Result<Vec<_>, _>>()?;
    let groups = events.iter().map(|(group, block)| {
        Ok(EventGroup {
            size: size(block)?,
            ..group.clone()
        })
    });
    let groups = groups.collect::<Result<Vec<_>, _>>()?;
    let mut file = MAGIC.to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend(encode(&(listed, groups))?);
    let blocks = services.iter().map(|(_, block)| block);
    for block in blocks.chain(events.iter().map(|(_, block)| block)) {
        file.extend_from_slice(block);
    }
    Ok(file)
}

/// Reads the block of a group of events.
///
/// # Errors
/// If it is damaged.
pub fn read_events(block: &[u8]) -> Result<Vec<Event<'_>>, Error> {
    whole(block)
}

/// The block of a group of these events.
///
/// # Errors
/// If it is larger than the format allows.
pub fn write_events(events: &[Event<'_>]) -> Result<Vec<u8>, Error> {
    encode(events)
}

/// The block of a service: its operations, and the encoded details of each.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    operations: Vec<(Operation<'a>, &'a [u8])>,
    shared: &'a [u8],
}

impl<'a> Block<'a> {
    /// Reads which operations a block has.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn read(block: &'a [u8]) -> Result<Self, Error> {
        let ((list, shared), mut rest): ((Vec<Operation<'a>>, u32), _) = take(block)?;
        let shared = cut(&mut rest, shared)?;
        let mut operations = Vec::with_capacity(list.len());
        for operation in list {
            let details = cut(&mut rest, operation.size)?;
            operations.push((operation, details));
        }
        Ok(Self { operations, shared })
    }

    /// The bytes of a block.
    ///
    /// # Errors
    /// If a part is larger than the format allows.
    pub fn write(
        shared: &[TypeDef<'_>],
        operations: &[(Operation<'_>, Details<'_>)],
    ) -> Result<Vec<u8>, Error> {
        let shared = encode(shared)?;
        let mut list = Vec::with_capacity(operations.len());
        let mut all = Vec::new();
        for (operation, details) in operations {
            let details = encode(details)?;
            list.push(Operation {
                size: size(&details)?,
                ..*operation
            });
            all.extend(details);
        }
        let mut block = encode(&(list, size(&shared)?))?;
        block.extend(shared);
        block.extend(all);
        Ok(block)
    }

    /// The operations.
    pub fn operations(&self) -> impl ExactSizeIterator<Item = &Operation<'a>> {
        self.operations.iter().map(|(operation, _)| operation)
    }

    /// Reads the details of the operation at a place in the list.
    ///
    /// # Errors
    /// If the details are damaged, or `place` is out of range.
    pub fn details(&self, place: usize) -> Result<Details<'a>, Error> {
        let found = self.operations.get(place);
        let (_, details) = found.ok_or(Error("has no such operation"))?;
        whole(details)
    }

    /// Reads the types that operations share.
    ///
    /// # Errors
    /// If the types are damaged.
    pub fn shared(&self) -> Result<Vec<TypeDef<'a>>, Error> {
        whole(self.shared)
    }
}

/// Why a catalogue cannot be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error(&'static str);

impl Error {
    /// What was read makes no sense.
    pub const DAMAGED: Self = Self("is damaged");
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the catalogue {}", self.0)
    }
}

impl std::error::Error for Error {}

fn take<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8]), Error> {
    postcard::take_from_bytes(bytes).map_err(|_| Error::DAMAGED)
}

fn whole<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Error> {
    match take(bytes)? {
        (value, []) => Ok(value),
        _ => Err(Error::DAMAGED),
    }
}

fn cut<'a>(rest: &mut &'a [u8], size: u32) -> Result<&'a [u8], Error> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let (part, after) = rest.split_at_checked(size).ok_or(Error("is cut off"))?;
    *rest = after;
    Ok(part)
}

fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(value).map_err(|_| Error("is too large"))
}

fn size(part: &[u8]) -> Result<u32, Error> {
    u32::try_from(part.len()).map_err(|_| Error("is too large"))
}
