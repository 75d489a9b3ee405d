/** What the page asks with in place of a session: `Bearer …` with the secret of a link to a shared view. */
export const credential: { authorization?: string } = {}
