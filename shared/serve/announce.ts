/** What a person at the terminal should know after the start. */
export interface Announcement {
  url: string
  /** Signs the reader in; null when a password does. */
  link: string | null
  reusableLink: boolean
  pluginUrl: string
  /** Shown only when it was made just now. */
  freshSecret: string | null
  /** Where the secret of plugins is, as a place to look: a file, or a setting. */
  secretPlace: string
  warnings: readonly string[]
}

export function announcement({
  url,
  link,
  reusableLink,
  pluginUrl,
  freshSecret,
  secretPlace,
  warnings,
}: Announcement): string {
  const lines = ['', '  Overlord is running.', '']
  lines.push(
    link
      ? `  Open this link, it signs you in${reusableLink ? '' : ' (once, within a day)'}:`
      : '  Open this page and sign in:',
  )
  lines.push(`    ${link ?? url}`, '', `  Plugins connect to ${pluginUrl}`)
  lines.push(
    freshSecret
      ? `  with the secret ${freshSecret} (made just now, kept in ${secretPlace})`
      : `  with the secret kept in ${secretPlace}`,
  )
  for (const warning of warnings) lines.push('', `  Warning: ${warning}`)
  return `${lines.join('\n')}\n`
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** How people reach a process, without a slash at the end: PUBLIC_URL, or its own address. */
export function publicUrlOf(publicUrl: string | undefined, host: string, port: number): string {
  const here =
    LOOPBACK.has(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return (publicUrl ?? `http://${here}:${port}`).replace(/\/$/, '')
}

/** Where programs on this machine reach a process that listens on `host`, without a slash at the end. */
export function ownUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** What to warn of when people sign in over plain HTTP from other machines; nothing otherwise. */
export function plainHttpWarnings(host: string, publicUrl: string | undefined, trustProxy: boolean): string[] {
  if (LOOPBACK.has(host) || publicUrl?.startsWith('https:') || trustProxy) return []
  return ['people sign in over plain HTTP from other machines. Put a proxy with HTTPS in front and set PUBLIC_URL.']
}
