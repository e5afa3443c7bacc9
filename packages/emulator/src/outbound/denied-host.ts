import { BlockList, isIP } from 'node:net';

const blocked = new BlockList();
for (const [network, prefix] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
] as const) {
    blocked.addSubnet(network, prefix, 'ipv4');
}
blocked.addAddress('::', 'ipv6');
blocked.addAddress('::1', 'ipv6');
blocked.addSubnet('fc00::', 7, 'ipv6');
blocked.addSubnet('fe80::', 10, 'ipv6');

const deniedNames = new Set(['localhost', 'metadata.google.internal']);

/**
 * Whether the server's default policy refuses this target: a scheme other than http(s), loopback, private and link-local addresses in
 * any spelling, and the metadata hosts (contract 14.6).
 */
export function isDeniedByDefault(url: URL): boolean {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return true;
    // The URL parser has already turned 0x7f.1, 2130706433 and upper case into one spelling.
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    if (deniedNames.has(host) || host.endsWith('.localhost')) return true;
    const version = isIP(host);
    if (version === 0) return false;
    // A BlockList compares IPv4-mapped IPv6 addresses with the IPv4 rules.
    return blocked.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
