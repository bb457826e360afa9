//! An open catalogue: its services, their operations, and its groups of events.

use std::fmt;
use std::sync::OnceLock;

use dingtalk_api::operation;
use dingtalk_catalogue_format::{Block, Details, Error, File, TypeDef};

use crate::callable::{self, Shared};
use crate::events::{Event, EventGroup};

/// The catalogue of the platform. It is opened once.
///
/// # Errors
/// If the file and this crate have different versions. Cargo never chooses such a pair.
pub fn open() -> Result<&'static Catalogue, Error> {
    static CATALOGUE: OnceLock<Result<Catalogue, Error>> = OnceLock::new();
    let catalogue = CATALOGUE.get_or_init(|| Catalogue::open(dingtalk_api::CATALOGUE));
    catalogue.as_ref().map_err(|error| *error)
}

/// A catalogue.
///
/// Opening it reads the names of its services and groups of events. What else is asked for is read then.
#[derive(Debug)]
pub struct Catalogue {
    pub(crate) services: Vec<Service>,
    event_groups: Vec<EventGroup>,
}

impl Catalogue {
    /// Opens the content of a file, for example that of a spec of your own.
    ///
    /// # Errors
    /// If the file is not a catalogue, or has another format version.
    pub fn open(file: &'static [u8]) -> Result<Self, Error> {
        let file = File::open(file)?;
        let services = file.services.into_iter().map(|(service, bytes)| Service {
            name: service.name,
            api: service.api,
            title: service.title.unwrap_or_default(),
            summary: service.summary.unwrap_or_default(),
            bytes,
            block: OnceLock::new(),
            shared: OnceLock::new(),
            callable: OnceLock::new(),
        });
        Ok(Self {
            services: services.collect(),
            event_groups: file.events.into_iter().map(EventGroup::new).collect(),
        })
    }

    /// Its services, sorted by name.
    pub fn services(&self) -> impl ExactSizeIterator<Item = &Service> {
        self.services.iter()
    }

    /// The operations of all services.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn operations(&self) -> Result<Vec<Operation<'_>>, Error> {
        let mut all = Vec::new();
        for service in &self.services {
            all.extend(service.operations()?);
        }
        Ok(all)
    }

    /// Its groups of events, sorted by name.
    pub fn event_groups(&self) -> impl ExactSizeIterator<Item = &EventGroup> {
        self.event_groups.iter()
    }

    /// The events and callbacks of all groups.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn events(&self) -> Result<Vec<Event<'_>>, Error> {
        let mut all = Vec::new();
        for group in &self.event_groups {
            all.extend(group.events()?);
        }
        Ok(all)
    }
}

/// A service.
pub struct Service {
    name: &'static str,
    api: Option<&'static str>,
    title: &'static str,
    summary: &'static str,
    bytes: &'static [u8],
    block: OnceLock<Result<Block<'static>, Error>>,
    shared: OnceLock<Result<Shared, Error>>,
    /// Those of its operations that have been asked for, in their order.
    callable: OnceLock<Vec<OnceLock<&'static operation::Operation>>>,
}

impl Service {
    /// Its name, for example `conference_1_0`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The API that it belongs to, if that is not the platform's first.
    pub fn api(&self) -> Option<&'static str> {
        self.api
    }

    /// Its name in Chinese; empty if that is not documented.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// What it is about; empty if that is not documented.
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Its operations.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn operations(&self) -> Result<impl ExactSizeIterator<Item = Operation<'_>>, Error> {
        let operations = self.block()?.operations().enumerate();
        Ok(operations.map(|(place, head)| Operation {
            service: self,
            place,
            head,
        }))
    }

    /// The types that its operations share: those to which [`Base::Shared`](crate::format::Base::Shared) refers.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn types(&self) -> Result<Vec<TypeDef<'static>>, Error> {
        self.block()?.shared()
    }

    fn block(&self) -> Result<&Block<'static>, Error> {
        let block = self.block.get_or_init(|| Block::read(self.bytes));
        block.as_ref().map_err(|error| *error)
    }

    fn shared(&self) -> Result<&Shared, Error> {
        let shared = self.shared.get_or_init(|| Shared::new(&self.types()?));
        shared.as_ref().map_err(|error| *error)
    }
}

/// The name alone.
impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An operation.
#[derive(Clone, Copy)]
pub struct Operation<'c> {
    service: &'c Service,
    place: usize,
    head: &'c dingtalk_catalogue_format::Operation<'static>,
}

impl<'c> Operation<'c> {
    /// Its service.
    pub fn service(&self) -> &'c Service {
        self.service
    }

    /// The platform's name of it, for example `StartCloudRecord`.
    pub fn action(&self) -> &'static str {
        self.head.action
    }

    /// The name of its method in Rust, for example `start_cloud_record`.
    pub fn rust_name(&self) -> &'static str {
        self.head.rust_name
    }

    /// The HTTP method, in capitals.
    pub fn method(&self) -> &'static str {
        self.head.method.as_str()
    }

    /// The path, with path parameters in braces.
    pub fn path(&self) -> &'static str {
        self.head.path
    }

    /// Its name in Chinese, for example `开启视频会议云录制`; empty if that is not documented.
    pub fn title(&self) -> &'static str {
        self.head.title.unwrap_or_default()
    }

    /// What it does, in a line.
    pub fn summary(&self) -> &'static str {
        self.head.summary
    }

    /// Its group among the operations of its service, for example `Calendars: events`; empty if it has none. Services with
    /// 15 or fewer operations have no groups.
    pub fn group(&self) -> &'static str {
        self.head.group.unwrap_or_default()
    }

    /// Reads all that is known of it.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn details(&self) -> Result<Details<'static>, Error> {
        self.service.block()?.details(self.place)
    }

    /// The operation as a client calls it, by [`call_json`](dingtalk_api::Client::call_json).
    ///
    /// It is made when it is first asked for, and kept until the program ends.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn callable(&self) -> Result<&'static operation::Operation, Error> {
        let count = self.service.block()?.operations().len();
        let all = self
            .service
            .callable
            .get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        let place = all.get(self.place).ok_or(Error::DAMAGED)?;
        if let Some(known) = place.get() {
            return Ok(known);
        }
        let made = callable::operation(self, &self.details()?, self.service.shared()?)?;
        Ok(place.get_or_init(|| Box::leak(Box::new(made))))
    }
}

/// Service and action.
impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service.name, self.head.action)
    }
}

/// Service and action.
impl fmt::Debug for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
