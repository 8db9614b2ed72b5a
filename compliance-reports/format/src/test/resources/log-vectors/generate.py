#!/usr/bin/env python3
"""Writes vectors.json, which docs/log-format.md and the tests refer to.

A second implementation of the log's forms, from the definitions in RFC 9162 (section 2.1), RFC 8032 (section 6) and
C2SP (signed-note, tlog-checkpoint, tlog-tiles), with nothing but Python's standard library:

    python3 generate.py > vectors.json
"""

import base64
import hashlib
import json
import struct


def sha256(data):
    return hashlib.sha256(data).digest()


# RFC 9162, section 2.1: recursive, as it is written there.


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return sha256(b"")
    if len(d) == 1:
        return sha256(b"\0" + d[0])
    k = split(len(d))
    return sha256(b"\1" + mth(d[:k]) + mth(d[k:]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return path(m, d[:k]) + [mth(d[k:])]
    return path(m - k, d[k:]) + [mth(d[:k])]


def proof(m, d):
    return subproof(m, d, True)


def subproof(m, d, whole):
    if m == len(d):
        return [] if whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return subproof(m, d[:k], whole) + [mth(d[k:])]
    return subproof(m - k, d[k:], False) + [mth(d[:k])]


def tiles(d):
    """C2SP tlog-tiles: path and bytes of every tile of a tree."""
    level, hashes, found = 0, [sha256(b"\0" + leaf) for leaf in d], []
    while hashes:
        for n in range(0, len(hashes), 256):
            tile = hashes[n : n + 256]
            name = "%03d" % (n // 256 % 1000)
            rest = n // 256 // 1000
            while rest:
                name = "x%03d/" % (rest % 1000) + name
                rest //= 1000
            partial = "" if len(tile) == 256 else ".p/%d" % len(tile)
            found.append(("tile/%d/%s%s" % (level, name, partial), b"".join(tile)))
        above = []
        for n in range(0, len(hashes) - 255, 256):
            full = hashes[n : n + 256]
            while len(full) > 1:
                full = [sha256(b"\1" + full[i] + full[i + 1]) for i in range(0, len(full), 2)]
            above += full
        level, hashes = level + 1, above
    return found


# RFC 8032, section 5.1: Ed25519 in affine terms, slow and plain.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover(y):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    return x if x % 2 == 0 else P - x


BASE = (recover(4 * pow(5, P - 2, P) % P), 4 * pow(5, P - 2, P) % P)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return (
        (x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P,
    )


def times(n, a):
    sum_ = (0, 1)
    while n:
        if n & 1:
            sum_ = add(sum_, a)
        a, n = add(a, a), n >> 1
    return sum_


def encode(a):
    return (a[1] | (a[0] & 1) << 255).to_bytes(32, "little")


def secret(seed):
    h = hashlib.sha512(seed).digest()
    a = int.from_bytes(h[:32], "little")
    return a & ((1 << 254) - 8) | 1 << 254, h[32:]


def public(seed):
    return encode(times(secret(seed)[0], BASE))


def sign(seed, message):
    a, prefix = secret(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    big_r = encode(times(r, BASE))
    k = int.from_bytes(hashlib.sha512(big_r + public(seed) + message).digest(), "little") % L
    return big_r + ((r + k * a) % L).to_bytes(32, "little")


# The forms of docs/log-format.md.


def b64(data):
    return base64.b64encode(data).decode()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def key_id(name, seed):
    return sha256(name.encode() + b"\n\1" + public(seed))[:4]


def vkey(name, seed):
    return "%s+%s+%s" % (name, key_id(name, seed).hex(), b64(b"\1" + public(seed)))


def note(text, signers):
    lines = ["\u2014 %s %s\n" % (n, b64(key_id(n, s) + sign(s, text.encode()))) for n, s in signers]
    return text + "\n" + "".join(lines)


def checkpoint(origin, d):
    return "%s\n%d\n%s\n" % (origin, len(d), b64(mth(d)))


def pae(kind, payload):
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def dsse(kind, payload, label, seed):
    return canonical(
        {
            "payload": b64(payload),
            "payloadType": kind.decode(),
            "signatures": [{"keyid": label, "sig": b64(sign(seed, pae(kind, payload)))}],
        }
    )


def hexes(hashes):
    return [h.hex() for h in hashes]


def merkle():
    # The leaves of the test vectors of Certificate Transparency (RFC 6962).
    known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [bytes.fromhex(k) for k in known]
    counted = [b"leaf %d" % i for i in range(70000)]
    sizes = list(range(34)) + [63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000]
    places = [(i, n) for n in range(1, 18) for i in range(n)]
    places += [(0, 257), (255, 257), (256, 257), (700, 1000), (999, 1000)]
    pairs = [(m, n) for n in range(1, 18) for m in range(1, n + 1)]
    pairs += [(1, 257), (128, 257), (256, 257), (255, 1000), (256, 1000), (999, 1000)]
    return {
        "known": {"leaves": known, "roots": hexes(mth(leaves[:n]) for n in range(9))},
        "roots": [{"size": n, "root": mth(counted[:n]).hex()} for n in sizes],
        "inclusion": [{"index": i, "size": n, "path": hexes(path(i, counted[:n]))} for i, n in places],
        "consistency": [{"first": m, "second": n, "path": hexes(proof(m, counted[:n]))} for m, n in pairs],
        "state": {"size": 13, "bytes": (struct.pack(">Q", 13) + mth(counted[:8]) + mth(counted[8:12]) + mth(counted[12:13])).hex()},
        "tiled": {
            "size": 70000,
            "root": mth(counted).hex(),
            "tiles": [{"path": p, "sha256": sha256(t).hex()} for p, t in tiles(counted) if not p.startswith("tile/0/") or p.endswith(("000", "272", "273.p/112"))],
        },
    }


ORIGIN = "log.example/sallyport"
LOG = bytes(range(32))
NEXT = bytes(range(32, 64))
WITNESS = bytes(range(64, 96))
NODE = bytes(range(96, 128))
AT = 1763890200123456


def log():
    records = [b'{"record":%d}' % i for i in range(7)]
    entries = [
        canonical({"v": 1, "index": i, "sequencedAt": AT + i, "record": sha256(r).hex()}) for i, r in enumerate(records)
    ]
    trees = {"acme": entries, "beta-2": entries[:3], "platform": entries[:1]}
    leaves = [canonical({"v": 1, "tenant": t, "size": len(trees[t]), "root": mth(trees[t]).hex()}) for t in sorted(trees)]
    rounds = [
        canonical({"v": 1, "index": i, "sequencedAt": AT + 1000 * i, "tenants": n, "root": mth(leaves[:n]).hex()})
        for i, n in enumerate([1, 2, 2, 3, 3])
    ]
    signed = note(checkpoint(ORIGIN, rounds), [(ORIGIN, LOG), (ORIGIN, NEXT), ("witness.example", WITNESS)])
    tenants = []
    for i, name in enumerate(sorted(trees)):
        form = {
            "v": 1,
            "leaf": json.loads(leaves[i]),
            "leafIndex": i,
            "leafPath": hexes(path(i, leaves)),
            "entry": json.loads(rounds[4]),
            "entryPath": hexes(path(4, rounds)),
            "checkpoint": signed,
        }
        # In the one form in which texts that are not ASCII stand for themselves.
        text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        tenants.append({"tenant": name, "checkpoint": text})
    return {
        "origin": ORIGIN,
        "seeds": {"log": LOG.hex(), "next": NEXT.hex(), "witness": WITNESS.hex()},
        "vkeys": {"log": vkey(ORIGIN, LOG), "next": vkey(ORIGIN, NEXT), "witness": vkey("witness.example", WITNESS)},
        "envelopes": [{"bytes": e.decode(), "leaf": sha256(b"\0" + e).hex()} for e in entries],
        "roundLeaves": [leaf.decode() for leaf in leaves],
        "roundEntries": [entry.decode() for entry in rounds],
        "checkpoint": checkpoint(ORIGIN, rounds),
        "note": signed,
        "tenants": tenants,
    }


def receipt():
    node = "node-1"
    kind = b"application/vnd.sallyport.receipt-key+json"
    certificate = canonical(
        {"v": 1, "log": ORIGIN, "node": node, "key": b64(public(NODE)), "notBefore": AT - 10, "notAfter": AT + 10}
    )
    known = sha256(public(NODE))[:8]
    flushes = []
    for size in (1, 2, 5):
        digests = [sha256(b'{"record":%d}' % i) for i in range(size)]
        statement = canonical({"v": 1, "at": AT, "node": node, "size": size, "root": mth(digests).hex()})
        signature = sign(NODE, pae(b"application/vnd.sallyport.receipt+json", statement))
        receipts = []
        for i, digest in enumerate(digests):
            data = digest + struct.pack(">QB", AT, len(node)) + node.encode() + known
            data += struct.pack(">II", size, i) + b"".join(path(i, digests)) + signature
            receipts.append("v1." + base64.urlsafe_b64encode(data).decode().rstrip("="))
        flushes.append({"statement": statement.decode(), "records": hexes(digests), "receipts": receipts})
    return {
        "seed": NODE.hex(),
        "node": node,
        "at": AT,
        "keyId": known.hex(),
        "certificate": dsse(kind, certificate, "%s+%s" % (ORIGIN, key_id(ORIGIN, LOG).hex()), LOG).decode(),
        "certified": certificate.decode(),
        "flushes": flushes,
    }


print(json.dumps({"merkle": merkle(), "log": log(), "receipt": receipt()}, indent=1, ensure_ascii=False))
