"""Which IP addresses may be connected to: the public internet, and what is allowed."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# All that is handed out of IPv6 for the public (RFC 4291). Outside it lie the mapped
# (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique
# local, link-local and multicast addresses, some of which Python calls global.
UNICAST = IPv6Network("2000::/3")
# Global by Python's word, but ways into somebody's own network.
SPECIAL = tuple(
    map(
        ip_network,
        (
            "2002::/16",  # 6to4 carries an IPv4 address, any one
            "2001::/32",  # and so does Teredo
            "3fff::/20",  # for documentation (RFC 9637)
            "192.0.0.0/24",  # for protocols; Oracle's machines ask their host there
            "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
            "168.63.129.16/32",  # what Azure's machines ask of their host
        ),
    )
)


def may_connect(address: Address, allowed: Collection[Network] = ()) -> bool:
    """Whether *address* is public, or in one of the *allowed* networks as it is.

    127.0.0.0/8 does not allow ::ffff:127.0.0.1: who means that must say so.
    """
    return is_public(address) or within(address, allowed)


def is_public(address: Address) -> bool:
    if address.version == 6 and address not in UNICAST:
        return False
    return (
        address.is_global and not address.is_multicast and not within(address, SPECIAL)
    )


def within(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)


def literal(host: str) -> Address | None:
    """The address that *host* is written as in full, or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
