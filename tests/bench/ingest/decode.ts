import { contract } from '../../../shared/contract/index.ts'

/** Parses a frame and checks it against the contract, and nothing else. */
export function decode(text: string): unknown {
  const raw = JSON.parse(text) as Record<string, unknown>
  return contract.get(raw['type'] as string)?.decode(raw)
}
