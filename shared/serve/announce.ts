/** What a person at the terminal should know after the start. */
export interface Announcement {
  url: string
  /** Signs the reader in; null when a password does. */
  link: string | null
  reusableLink: boolean
  pluginUrl: string
  /** Shown only when it was made just now. */
  freshSecret: string | null
  secretFile: string
  warnings: readonly string[]
}

export function announcement({
  url,
  link,
  reusableLink,
  pluginUrl,
  freshSecret,
  secretFile,
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
      ? `  with the secret ${freshSecret} (made just now, kept in ${secretFile})`
      : `  with the secret kept in ${secretFile}`,
  )
  for (const warning of warnings) lines.push('', `  Warning: ${warning}`)
  return `${lines.join('\n')}\n`
}
