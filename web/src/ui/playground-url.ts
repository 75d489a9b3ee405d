/** Address of the playground with a query in a tab. After the `#`: it is not sent to the server. */
export const playgroundUrl = (query: string, variables: string): string =>
  `/graphiql/#${new URLSearchParams({ query, variables })}`
