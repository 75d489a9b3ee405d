/**
 * The credential in the `connectionParams` of a WebSocket: `token`, or `Authorization: Bearer …` as HTTP clients have
 * it, by itself or among `headers`. Undefined without one; a text that is no bearer credential is a wrong one.
 */
export function bearerIn(params: Readonly<Record<string, unknown>> | undefined): unknown {
  if (!params) return undefined
  if (params['token'] !== undefined) return params['token']
  const { headers } = params
  const places = [params, ...(typeof headers === 'object' && headers !== null ? [headers] : [])]
  for (const place of places)
    for (const [name, value] of Object.entries(place))
      if (name.toLowerCase() === 'authorization' && value !== undefined && value !== null)
        return typeof value === 'string' && /^bearer /i.test(value) ? value.slice(7).trim() : ''
  return undefined
}
