//! A file from which systemd would start a gateway (systemd.service(5)).

use crate::scene::Unit;

/// What stands in the file. What it is confined to is described in
/// systemd.exec(5), systemd.resource-control(5) and, for the list of system
/// calls, in the output of `systemd-analyze syscall-filter`.
pub(crate) fn service(unit: &Unit) -> String {
    let start = "[Unit]\n\
         Description=TLS gateway before a device\n\
         \n\
         [Service]\n\
         ExecStart=/usr/bin/stunnel /etc/stunnel/gateway.conf\n";
    let confined = match unit.confined {
        false => "",
        true => CONFINED,
    };
    format!("{start}{confined}")
}

/// What is taken from it: the rights of root, other people's files, devices, and
/// talking to anybody but the caller and the device.
const CONFINED: &str = "User=stunnel4
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
SystemCallFilter=@system-service
RestrictAddressFamilies=AF_INET AF_UNIX
IPAddressDeny=any
IPAddressAllow=192.0.2.30 192.0.2.21
SocketBindDeny=any
SocketBindAllow=ipv4:tcp:2762
";

#[cfg(test)]
mod tests {
    use super::*;

    fn text(confined: bool) -> String {
        service(&Unit {
            name: "gateway".to_owned(),
            confined,
        })
    }

    #[test]
    fn both_start_the_same_program() {
        let start = "ExecStart=/usr/bin/stunnel /etc/stunnel/gateway.conf\n";
        assert!(text(false).ends_with(start));
        assert!(text(true).contains(start));
    }

    #[test]
    fn one_of_them_may_do_little() {
        assert!(text(true).contains("\nNoNewPrivileges=yes\n"));
        assert!(!text(false).contains("NoNewPrivileges"));
    }
}
