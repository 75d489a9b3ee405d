// Texts first: a number within one is none.
const TOKENS = /"(?:[^"\\]|\\.)*"|(-?\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * Parses JSON. Numbers whose whole part a JavaScript number cannot hold exactly become text, unless they are written
 * with an exponent: those come from floating point and were never exact.
 */
export function parseExact(json: string): unknown {
  const exact = json.replace(TOKENS, (token: string, whole: string | undefined) =>
    whole === undefined || Number.isSafeInteger(Number(whole)) || /[eE]/.test(token) ? token : `"${token}"`,
  )
  return JSON.parse(exact) as unknown
}
