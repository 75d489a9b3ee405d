/** The longest answer of a model's interface, in bytes: an answer of 4,000 tokens with its frames is a tenth of it. */
const MAX_BYTES = 8 * 1024 * 1024

/**
 * `fetch` for a model's interface: no redirect is followed, because the conversation would go to another host, and an
 * answer that does not end is cut off.
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'error' })
  if (!response.body) return response
  let bytes = 0
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.byteLength
        if (bytes > MAX_BYTES) controller.error(new Error('The answer is too long.'))
        else controller.enqueue(piece)
      },
    }),
  )
  const { status, statusText, headers } = response
  return new Response(bounded, { status, statusText, headers })
}
