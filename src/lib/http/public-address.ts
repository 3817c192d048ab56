import { BlockList, isIP } from 'node:net'

const blocked4 = new BlockList()
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared by the customers of a provider (CGNAT).
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, among them the metadata of cloud machines.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
] as const)
  blocked4.addSubnet(address, prefix, 'ipv4')

// Only 2000::/3 is given out for the public: that leaves out loopback, link-local, private, multicast, and IPv4 addresses mapped or translated.
const public6 = new BlockList()
public6.addSubnet('2000::', 3, 'ipv6')
const blocked6 = new BlockList()
for (const [address, prefix] of [
  // Teredo, ORCHID, benchmarks and other special ones.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 holds an IPv4 address.
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked6.addSubnet(address, prefix, 'ipv6')

/** Whether an address belongs to the public internet, rather than to this machine, its network or nobody. */
export function isPublicAddress(address: string): boolean {
  const plain = address.split('%', 1)[0]!
  const version = isIP(plain)
  if (version === 4) return !blocked4.check(plain, 'ipv4')
  return version === 6 && public6.check(plain, 'ipv6') && !blocked6.check(plain, 'ipv6')
}
