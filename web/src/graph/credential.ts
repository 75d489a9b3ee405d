/** What the page asks with in place of a session: the secret of a link to a shared view. */
export const credential: { secret: string | null } = { secret: null }
