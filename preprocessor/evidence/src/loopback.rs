//! The only kind of address this crate can bind or call.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::cage::Inside;

/// A socket address that cannot be anything but loopback.
///
/// There is no way to make one from an address that leaves the machine, so a
/// function that takes a `Loopback` cannot be made to scan somebody else. Inside
/// a cage, where loopback is all there is, any address can be one; that it is
/// inside, a process has to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Loopback(SocketAddr);

/// The address leaves this machine, or is not an address at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a loopback address; the lab never leaves the machine it runs on")]
pub struct NotLoopback(String);

impl Loopback {
    /// The port number.
    pub fn port(self) -> u16 {
        self.0.port()
    }

    /// The address without its port.
    pub fn ip(self) -> IpAddr {
        self.0.ip()
    }

    /// An address of a network that has nothing but loopback.
    pub(crate) fn inside(_proof: &Inside, address: SocketAddr) -> Loopback {
        Loopback(address)
    }

    /// Listens at this very address.
    ///
    /// # Errors
    /// Whatever the operating system says, e.g. that it is in use.
    pub async fn bind(self) -> io::Result<TcpListener> {
        TcpListener::bind(self.0).await
    }

    /// Whether nobody listens here, and we may: found out by listening, for a
    /// moment.
    pub async fn is_free(self) -> bool {
        self.bind().await.is_ok()
    }

    /// Holds this very port as [`Loopback::reserve`] does.
    ///
    /// # Errors
    /// Whatever the operating system says, e.g. that it is in use.
    pub fn hold(self) -> io::Result<TcpSocket> {
        let socket = || match self.0 {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        };
        let first = socket()?;
        if first.bind(self.0).is_ok() {
            return Ok(first);
        }
        // Callers of a moment ago are no reason to wait. Whoever stands there still
        // keeps us out.
        let socket = socket()?;
        socket.set_reuseaddr(true)?;
        socket.bind(self.0)?;
        Ok(socket)
    }

    /// Opens a connection, with small writes sent at once.
    ///
    /// # Errors
    /// Whatever the operating system says, e.g. a refused connection.
    pub async fn connect(self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.0).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Listens on 127.0.0.1, on a port the operating system chooses.
    ///
    /// # Errors
    /// Whatever the operating system says, e.g. no port left.
    pub async fn listen() -> io::Result<(Loopback, TcpListener)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok((Loopback(listener.local_addr()?), listener))
    }

    /// Reserves a port on 127.0.0.1 that refuses connections as long as the
    /// returned socket lives: bound, so that nobody else gets the port, but
    /// never listening, so that the kernel answers every caller with a reset.
    ///
    /// # Errors
    /// Whatever the operating system says, e.g. no port left.
    pub fn reserve() -> io::Result<(Loopback, TcpSocket)> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        Ok((Loopback(socket.local_addr()?), socket))
    }
}

impl TryFrom<SocketAddr> for Loopback {
    type Error = NotLoopback;

    fn try_from(address: SocketAddr) -> Result<Loopback, NotLoopback> {
        if address.ip().is_loopback() {
            Ok(Loopback(address))
        } else {
            Err(NotLoopback(address.to_string()))
        }
    }
}

impl FromStr for Loopback {
    type Err = NotLoopback;

    fn from_str(text: &str) -> Result<Loopback, NotLoopback> {
        let address: SocketAddr = text.parse().map_err(|_| NotLoopback(text.to_owned()))?;
        Loopback::try_from(address)
    }
}

impl fmt::Display for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_loopback_is_accepted() {
        for good in ["127.0.0.1:104", "127.8.8.8:1", "[::1]:11112"] {
            assert_eq!(good.parse::<Loopback>().unwrap().to_string(), good);
        }
        for bad in [
            "192.0.2.1:104",
            "0.0.0.0:104",
            "[::]:104",
            "[::ffff:127.0.0.1]:104",
            "[::ffff:192.0.2.1]:104",
            "localhost:104",
            "",
        ] {
            assert!(bad.parse::<Loopback>().is_err(), "{bad}");
        }
    }
}
