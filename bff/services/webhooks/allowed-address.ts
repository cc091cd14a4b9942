import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** The name of the merchant's server leads to where no webhook may go. */
export class AddressRefused extends Error {}

export type Resolver = (
  name: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolver = (name, answer) => lookUp(name, { all: true }, answer);

/** Not the internet: this host, private, carrier, link-local, documentation, benchmarks, multicast, reserved (RFC 6890). */
const inside4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only this is the internet; addresses with an IPv4 one inside are not, so that none slips through. */
const outside6 = ['2000::/3'];
const inside6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** A list of addresses and networks such as `10.1.2.3` and `10.0.0.0/8`. */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const notInternet4 = listOf(inside4);
const internet6 = listOf(outside6);
const notInternet6 = listOf(inside6);

function isInternet(address: string): boolean {
  if (isIPv6(address)) return internet6.check(address, 'ipv6') && !notInternet6.check(address, 'ipv6');
  return !notInternet4.check(address, 'ipv4');
}

/**
 * Where webhooks may go (S50): the internet at port 443, and at any port the networks that the operator listed.
 * `admits` judges an address; `lookup` resolves a name once and hands the connection nothing but judged addresses,
 * or fails with AddressRefused when any of them is refused, so that a name cannot mean one thing when it is judged and
 * another when it is used.
 */
export function createAddressRules(networks: readonly string[], resolve: Resolver = resolveBySystem) {
  const listed = listOf(networks);

  const admits = (address: string, port: number): boolean =>
    listed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') || (port === 443 && isInternet(address));

  const lookup =
    (port: number): LookupFunction =>
    (name, { all, family }, answer) => {
      resolve(name, (error, addresses) => {
        if (error) {
          answer(error, '');
          return;
        }
        const wanted = addresses.filter((one) => !family || one.family === family);
        const [first] = wanted;
        if (!first || !addresses.every(({ address }) => admits(address, port))) {
          answer(new AddressRefused(), '');
          return;
        }
        if (all) answer(null, wanted);
        else answer(null, first.address, first.family);
      });
    };

  /** Whether a host that needs no resolving is refused: such a one never comes to `lookup`. */
  const refuses = (host: string, port: number): boolean => {
    const address = host.replace(/^\[|\]$/g, '');
    return isIP(address) !== 0 && !admits(address, port);
  };

  return { lookup, refuses };
}
