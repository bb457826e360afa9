//! Memory does not grow with the file.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use super::*;

const SIZE: u64 = 20_000_000;

/// Sends `SIZE` bytes, or takes as many, and answers. It allocates before the measurement alone.
fn serve(stream: &TcpStream, block: &mut [u8]) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut upload = false;
    while reader.read_line(&mut line).unwrap() > 2 {
        upload |= line.starts_with("PUT");
        line.clear();
    }
    if upload {
        let mut left = SIZE;
        while left > 0 {
            left -= reader.read(block).unwrap() as u64;
        }
        (&*stream)
            .write_all(b"HTTP/1.1 200 X\r\ncontent-length: 0\r\n\r\n")
            .unwrap();
        return;
    }
    write!(&*stream, "HTTP/1.1 200 X\r\ncontent-length: {SIZE}\r\n\r\n").unwrap();
    let mut left = SIZE;
    while left > 0 {
        let count = left.min(block.len() as u64);
        (&*stream)
            .write_all(&block[..usize::try_from(count).unwrap()])
            .unwrap();
        left -= count;
    }
}

#[test]
fn twenty_megabytes_take_less_than_two_in_either_direction() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut block = vec![0; 64 * 1024];
        for _ in 0..2 {
            let (stream, _) = listener.accept().unwrap();
            serve(&stream, &mut block);
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = builder(url.as_str()).build().unwrap();
    let folder = Folder::new();
    let path = folder.file("large");
    let signed = format!("{url}/f?Signature=b");
    // The counter is this thread's, which does all the work of the client but reading and writing files.
    let down = allocation_counter::measure(|| {
        let download = client.download(signed.as_str()).to_file(&path);
        assert_eq!(runtime.block_on(download).unwrap(), SIZE);
    });
    let up = allocation_counter::measure(|| {
        let upload = client.upload(signed.as_str(), FilePart::path(&path)).send();
        assert_eq!(runtime.block_on(upload).unwrap().bytes(), SIZE);
    });
    server.join().unwrap();
    for (what, info) in [("download", down), ("upload", up)] {
        assert!(
            info.bytes_max < 2 << 20,
            "{what}: {} bytes at once",
            info.bytes_max
        );
    }
}
