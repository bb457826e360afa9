//! An upload into the storage: asking where, sending the bytes, and adding the file to its folder.

use std::fmt;

use dingtalk_api::storage_1_0::commit_file::{CommitFileRequest, Dentry, OptionType};
use dingtalk_api::storage_1_0::get_file_upload_info::GetFileUploadInfoRequest;
use dingtalk_api::{Client, Error, FilePart, Progress};

use super::{FilesError, first, signed};

/// A folder of a space in the storage, and who acts there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageFolder {
    space_id: String,
    parent_id: String,
    union_id: String,
}

impl StorageFolder {
    /// The root of a space, as this user sees it.
    pub fn root(space_id: impl Into<String>, union_id: impl Into<String>) -> Self {
        Self {
            space_id: space_id.into(),
            parent_id: "0".to_owned(),
            union_id: union_id.into(),
        }
    }

    /// The folder with this ID in the space.
    pub fn folder(mut self, dentry_id: impl Into<String>) -> Self {
        self.parent_id = dentry_id.into();
        self
    }
}

/// An upload into the storage, and its options. Made by [`Files::upload`](super::Files::upload).
///
/// It takes three steps: the platform says where to send the bytes, they are sent, and the file is added to its folder. The
/// file is in the folder after the last step alone: after an error, there is at most an upload that the platform forgets.
///
/// ```no_run
/// use dingtalk_api::FilePart;
/// use dingtalk_helpers::{Files, FilesError, StorageFolder};
///
/// # async fn example(client: dingtalk_api::Client) -> Result<(), FilesError> {
/// let folder = StorageFolder::root("568xxx", "chyxxx");
/// let upload = Files::new(&client).upload(folder, FilePart::path("./报告.pdf"));
/// let entry = upload.on_conflict("RETURN_ERROR_IF_EXISTS").send().await?;
/// println!("{:?}", entry.id);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is uploaded before `send`"]
pub struct StorageUpload {
    client: Client,
    folder: StorageFolder,
    file: FilePart,
    on_conflict: Option<String>,
    on_progress: Option<Box<dyn FnMut(Progress) + Send>>,
}

impl StorageUpload {
    pub(super) fn new(client: Client, folder: StorageFolder, file: FilePart) -> Self {
        Self {
            client,
            folder,
            file,
            on_conflict: None,
            on_progress: None,
        }
    }

    /// What to do if the folder has a file of this name: `AUTO_RENAME`, the platform's default, `OVERWRITE`,
    /// `RETURN_DENTRY_IF_EXISTS` or `RETURN_ERROR_IF_EXISTS`.
    pub fn on_conflict(mut self, strategy: impl Into<String>) -> Self {
        self.on_conflict = Some(strategy.into());
        self
    }

    /// Tells after each piece how many bytes were handed to the connection.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Uploads the file, and returns its entry in the folder.
    pub async fn send(self) -> Result<Dentry, FilesError> {
        const INFO: &str = "storage_1_0/GetFileUploadInfo";
        let StorageFolder {
            space_id,
            parent_id,
            union_id,
        } = self.folder;
        let storage = self.client.storage_1_0();
        let request = GetFileUploadInfoRequest::new(&union_id, false, "HEADER_SIGNATURE");
        let info = storage
            .get_file_upload_info(&space_id, request)
            .send()
            .await;
        let info = info.map_err(Error::from)?;
        let key = info.upload_key.ok_or(FilesError::Incomplete {
            operation: INFO,
            field: "uploadKey",
        })?;
        let signature = info.header_signature_info.unwrap_or_default();
        let url = first(signature.resource_urls);
        let url = signed(INFO, "resourceUrls", url, signature.headers)?;
        let name = self.file.file_name().to_owned();
        let mut upload = self.client.upload(url, self.file);
        if let Some(tell) = self.on_progress {
            upload = upload.on_progress(tell);
        }
        let bytes = upload.send().await?.bytes();
        let mut option = OptionType::new();
        option.size = i64::try_from(bytes).ok();
        option.conflict_strategy = self.on_conflict;
        let request = CommitFileRequest::new(union_id, name, parent_id, key).option(option);
        let committed = storage.commit_file(&space_id, request).send().await;
        let entry = committed.map_err(Error::from)?.dentry;
        entry.ok_or(FilesError::Incomplete {
            operation: "storage_1_0/CommitFile",
            field: "dentry",
        })
    }
}

impl fmt::Debug for StorageUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StorageUpload")
            .field("folder", &self.folder)
            .field("file", &self.file)
            .field("on_conflict", &self.on_conflict)
            .finish_non_exhaustive()
    }
}
