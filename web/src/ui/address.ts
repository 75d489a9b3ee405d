// What the address says beside the camera and the moment. Each part is kept by whom it is about.
import { shallowReactive } from 'vue'

export interface AddressPart {
  /** Its name in the address. */
  key: string
  /** The state in words of the address; null for nothing to say. Reactive: the address follows it. */
  write(): string | null
  /** Makes the state that an address says. */
  read(text: string): void
}

const parts = shallowReactive(new Map<string, AddressPart>())
/** The page was opened with it: a part that comes later is read from it. */
const opened = new URLSearchParams(location.hash.slice(1))

/** What the page was opened with; null if the address did not say it. */
export const openedWith = (key: string): string | null => opened.get(key)

/** Adds a part, and makes the state that the page was opened with. */
export function addAddressPart(part: AddressPart) {
  const text = opened.get(part.key)
  if (text !== null) part.read(text)
  parts.set(part.key, part)
}

/** All parts as they are now: `&s=Larsson&l=trails,names`. */
export const writeParts = (): string =>
  [...parts.values()]
    .map(({ key, write }) => {
      const text = write()
      return text === null ? '' : `&${key}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')}`
    })
    .join('')

/** Makes the state of an address that was typed or followed while the page was open. */
export function readParts(hash: string) {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  for (const { key, read } of parts.values()) {
    const text = said.get(key)
    if (text !== null) read(text)
  }
}
