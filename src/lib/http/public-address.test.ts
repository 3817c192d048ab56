import { expect, test } from 'vitest'
import { isPublicAddress } from './public-address.ts'

test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::1'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
)

test.each([
  ['this machine', '127.0.0.1', '127.255.0.1', '0.0.0.0', '::1', '::'],
  ['a private network', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  ['the same link', '169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['a provider’s network', '100.64.0.1', '100.127.255.255'],
  [
    'many or nobody',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '100::1',
    '198.18.0.1',
    '192.0.2.1',
    '203.0.113.1',
    '2001:db8::1',
  ],
  ['IPv4 in IPv6', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '::127.0.0.1'],
  ['no address', '', 'localhost', '10.1', '0x7f000001', '1.2.3.4.5'],
])('%s is not public', (_what, ...addresses) => {
  for (const address of addresses) expect(isPublicAddress(address), address).toBe(false)
})
