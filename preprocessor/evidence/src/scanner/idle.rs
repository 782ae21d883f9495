//! A caller that opens a connection and says nothing.
//!
//! It stands for a port scanner that keeps its connections open, for a device
//! that lost its network, and for anybody who means harm.

use std::io;

use tokio::net::TcpStream;

use crate::clean::Clean;
use crate::loopback::Loopback;
use crate::scene::ShownAs;
use crate::transcript::Line;

/// An open connection; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Idle {
    _stream: Option<TcpStream>,
    /// What there is to say about it.
    pub(crate) line: Line,
}

impl Idle {
    /// Opens the connection.
    pub(crate) async fn open(address: Loopback, shown: ShownAs) -> Idle {
        let stream: io::Result<TcpStream> = address.connect().await;
        let text = match &stream {
            Ok(_) => format!("connected to {shown}; it says nothing from here on"),
            Err(_) => format!("no connection to {shown}"),
        };
        Idle {
            _stream: stream.ok(),
            line: Line {
                text: Clean::from(text),
                volatile: false,
            },
        }
    }
}
