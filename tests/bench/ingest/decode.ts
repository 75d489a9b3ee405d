import { contract } from '../../../ingest/frames/registry.ts'

/** Parses a frame and checks it against the contract, and nothing else. */
export function decode(text: string): unknown {
  const raw = JSON.parse(text) as Record<string, unknown>
  return contract.get(raw['type'] as string)?.decode(raw)
}
