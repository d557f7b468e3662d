"""Addresses that must not be fetched; at ``{port}`` somebody listens and counts."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from documents.services.fetching.addresses import Address

PUBLIC = "93.184.215.14"
NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "scans.example": [PUBLIC],
    "loop.example": ["127.0.0.1"],
    "lan.example": ["10.1.2.3"],
    "six.example": ["::1"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "xn--wgv71a.example": ["127.0.0.1"],
}
LOOPBACK = (
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.127.127.127",
    "2130706433",  # one number
    "017700000001",  # in octal
    "0x7f000001",  # in hexadecimal
    "0X7F000001",
    "0x7f.1",
    "0x7f.0.0.0x1",
    "0177.0.0.1",
    "0177.1",
    "0000177.0.0.01",
    "127.0.0.001",
    "0",
    "0.0.0.0",
    "localhost",
    "LocalHost",
    "localhost.",
    "①②⑦.⓪.⓪.①",
    "１２７.0.0.1",
    "127。0。0。1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[64:ff9b::127.0.0.1]",  # NAT64
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",  # 6to4
    "[2001:0:7f00:1::80ff:fffe]",  # Teredo
    "loop.example",
    "LOOP.example.",
    "six.example",
    "mixed.example",
    "mapped.example",
    "nat64.example",
    "日本.example",
)
ELSEWHERE = (
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "169.254.169.254",  # what clouds tell their machines
    "2852039166",  # the same
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "100.64.0.1",  # carriers' own
    "198.18.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "[fe80::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[5f00::1]",
    "lan.example",
)
FORBIDDEN = [f"http://{host}:{{port}}/scan.png" for host in LOOPBACK + ELSEWHERE] + [
    "https://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}?url=http://scans.example",
    "http://127.0.0.1:{port}#@scans.example/",
]
NO_ADDRESS = [
    "",
    " ",
    "scan.png",
    "127.0.0.1:{port}",
    "//127.0.0.1:{port}/",
    "http:",
    "http://",
    "http:///127.0.0.1/",
    "http:127.0.0.1",
    "http:/127.0.0.1:{port}/",
    "http://?127.0.0.1",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://localhost/etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET",
    "dict://127.0.0.1:{port}/x",
    "ldap://127.0.0.1:{port}/",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "data:image/png;base64,iVBORw0KGgo=",
    "javascript:alert(1)",
    "jar:http://127.0.0.1:{port}/a!/b",
    "http://alice:secret@127.0.0.1:{port}/",
    "http://alice@127.0.0.1:{port}/",
    "http://@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@scans.example/",
    "http://scans.example@127.0.0.1:{port}/",
    "http://scans.example%40127.0.0.1:{port}/",
    "http://scans.example\\@127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}\\",
    "http://127.0.0.1:{port}\\.scans.example/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}/\r\nHost: scans.example",
    "http://127.0.0.1:{port}/\0",
    "http://127.0.0.1 :{port}/",
    "http://127.0.0.1 scans.example/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1%00.scans.example/",
    "http://127.0.0.1,scans.example/",
    "http://[::1:{port}/",
    "http://[127.0.0.1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fe80::1%lo]:{port}/",
    "http://[v1.1]/",
    "http://::1:{port}/",
    "http://127.0.0.1:{port}:80/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:65536/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:x/",
    "http://127.0.0.1:٨٠/",
    "http://scans..example/",
    "http://.scans.example/",
    "http://" + "a" * 64 + ".example/",
    "http://scans.example/" + "a" * 2048,
    "http://℀.example/",
    "http://a\u202e.example/",
]


def resolve(host: str) -> list[Address]:
    """The test's own name server; numbers in any notation are the system's to read."""
    if host in NAMES:
        return [ip_address(one) for one in NAMES[host]]
    try:
        found = socket.getaddrinfo(
            host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
    except OSError:
        return []
    return [ip_address(place[4][0]) for place in found]
