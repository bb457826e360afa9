//! Files: where they are, and the calls that a download or an upload takes.

mod error;
mod storage;

use dingtalk_api::drive_1_0::get_download_info::GetDownloadInfoRequest;
use dingtalk_api::model::{Json, Map};
use dingtalk_api::oapi_media::upload::{MediaType, UploadRequest};
use dingtalk_api::robot_1_0::robot_message_file_download::RobotMessageFileDownloadRequest;
use dingtalk_api::storage_1_0::get_file_download_info::GetFileDownloadInfoRequest;
use dingtalk_api::{Client, Download, Error, FilePart, SignedUrl};

pub use self::error::FilesError;
pub use self::storage::{StorageFolder, StorageUpload};

/// Downloads and uploads files.
///
/// ```no_run
/// use dingtalk_helpers::{Files, FilesError, RemoteFile};
///
/// # async fn example(client: dingtalk_api::Client) -> Result<(), FilesError> {
/// let files = Files::new(&client);
/// let file = RemoteFile::RobotMessage {
///     download_code: "mIofN..".to_owned(),
///     robot_code: "dingxxx".to_owned(),
/// };
/// files.download(&file).await?.to_file("./报告.pdf").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Files {
    client: Client,
}

/// A file that can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemoteFile {
    /// A file, picture, voice or video that a user sent to a robot.
    RobotMessage {
        /// The message's code of the file.
        download_code: String,
        /// The code of the robot that got the message.
        robot_code: String,
    },
    /// A file in a space of the storage, also of a knowledge base. Internal applications alone may download it.
    Storage {
        /// The space.
        space_id: String,
        /// The file.
        dentry_id: String,
        /// Who downloads it.
        union_id: String,
    },
    /// A file in Drive, which the storage has replaced.
    Drive {
        /// The space.
        space_id: String,
        /// The file.
        file_id: String,
        /// Who downloads it.
        union_id: String,
    },
}

/// The ID of a media file, for messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaId(String);

impl MediaId {
    /// The ID as the platform gave it, which most operations take. It begins with `@` or `$`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ID without an `@` at its beginning, which some operations want.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix('@').unwrap_or(&self.0)
    }
}

impl Files {
    /// Files for this client.
    pub fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
        }
    }

    /// Asks where the file is, and returns its download. The URL is valid for minutes, so begin soon.
    pub async fn download(&self, file: &RemoteFile) -> Result<Download, FilesError> {
        Ok(self.client.download(self.locate(file).await?))
    }

    /// The signed URL of the file, with the headers that it must be called with.
    pub async fn locate(&self, file: &RemoteFile) -> Result<SignedUrl, FilesError> {
        match file {
            RemoteFile::RobotMessage {
                download_code,
                robot_code,
            } => {
                let request = RobotMessageFileDownloadRequest::new(download_code, robot_code);
                let robot = self.client.robot_1_0();
                let reply = robot.robot_message_file_download(request).send().await;
                let url = reply.map_err(Error::from)?.download_url;
                signed(
                    "robot_1_0/RobotMessageFileDownload",
                    "downloadUrl",
                    url,
                    None,
                )
            }
            RemoteFile::Storage {
                space_id,
                dentry_id,
                union_id,
            } => {
                let request = GetFileDownloadInfoRequest::new(union_id);
                let storage = self.client.storage_1_0();
                let call = storage.get_file_download_info(space_id, dentry_id, request);
                let info = call.send().await.map_err(Error::from)?;
                let info = info.header_signature_info.unwrap_or_default();
                let url = first(info.resource_urls);
                signed(
                    "storage_1_0/GetFileDownloadInfo",
                    "resourceUrls",
                    url,
                    info.headers,
                )
            }
            RemoteFile::Drive {
                space_id,
                file_id,
                union_id,
            } => {
                let request = GetDownloadInfoRequest::new(union_id);
                let drive = self.client.drive_1_0();
                let call = drive.get_download_info(space_id, file_id, request);
                let info = call.send().await.map_err(Error::from)?;
                let info = info.download_info.unwrap_or_default();
                let headers = info.headers.map(|headers| {
                    let text = |(name, value)| match value {
                        Json::String(text) => (name, text),
                        other => (name, other.to_string()),
                    };
                    headers.into_iter().map(text).collect()
                });
                signed(
                    "drive_1_0/GetDownloadInfo",
                    "resourceUrl",
                    info.resource_url,
                    headers,
                )
            }
        }
    }

    /// Uploads a picture, voice, video or other file for messages. The platform limits size and extension by the kind; a file
    /// beyond that is refused before it is sent.
    pub async fn upload_media(
        &self,
        kind: MediaType,
        file: FilePart,
    ) -> Result<MediaId, FilesError> {
        let request = UploadRequest::new(kind, file);
        let reply = self.client.oapi_media().upload(request).send().await;
        let id = reply.map_err(Error::from)?.media_id;
        id.map(MediaId).ok_or(FilesError::Incomplete {
            operation: "oapi_media/Upload",
            field: "media_id",
        })
    }

    /// An upload of the file into a folder of the storage. Nothing is sent before [`send`](StorageUpload::send).
    pub fn upload(&self, folder: StorageFolder, file: FilePart) -> StorageUpload {
        StorageUpload::new(self.client.clone(), folder, file)
    }
}

/// The most preferred URL.
fn first(urls: Option<Vec<String>>) -> Option<String> {
    urls?.into_iter().next()
}

/// The URL and the headers of a reply.
fn signed(
    operation: &'static str,
    field: &'static str,
    url: Option<String>,
    headers: Option<Map<String>>,
) -> Result<SignedUrl, FilesError> {
    let url = url.ok_or(FilesError::Incomplete { operation, field })?;
    Ok(SignedUrl::new(url).headers(headers.unwrap_or_default()))
}
