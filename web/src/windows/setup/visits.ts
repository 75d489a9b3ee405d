/** What the server reports of its plugins. */
export interface PluginCounts {
  /** Connections open now. */
  plugins: number
  /** What was not stored since the server's start, by reason. Null for viewers who may not see it. */
  dropped: readonly { reason: string; count: number | string }[] | null
}

/** Connections that were refused for their secret since the server's start. */
export const refusedSecrets = ({ dropped }: PluginCounts): number =>
  Number(dropped?.find(({ reason }) => reason === 'wrong_secret')?.count ?? 0)

/** Whose plugins were connected before and are not now. */
export const whoLeft = (before: readonly string[], now: readonly string[]): string[] =>
  before.filter((name) => !now.includes(name))
