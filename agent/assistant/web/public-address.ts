import ipaddr from 'ipaddr.js'

/** Whether an IP address is one of the public internet: no private, local, reserved or translated one. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
