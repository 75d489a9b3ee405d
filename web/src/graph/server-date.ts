/** What the server's clock says, in milliseconds since 1970, to the second below. */
type Listener = (at: number) => void

let listener: Listener = () => undefined

/** From now on each answer's time goes here. */
export const onServerDate = (next: Listener) => void (listener = next)

/** The browser's `fetch`, which notes when the server answered. */
export async function fetchWithDate(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  const at = Date.parse(response.headers.get('date') ?? '')
  if (Number.isFinite(at)) listener(at)
  return response
}
