import { shallowReactive, shallowRef } from 'vue'

/** Whether this server has pictures at all; asked once, when the first item is shown. */
const there = shallowRef(false)
const missing = shallowReactive(new Set<number>())
let asked = false

async function ask() {
  asked = true
  try {
    const answer = await fetch('/icons/', { credentials: 'same-origin', headers: { accept: 'application/json' } })
    there.value = answer.ok && ((await answer.json()) as { available?: unknown }).available === true
  } catch {
    // Unreachable: glyphs do as well.
    asked = false
  }
}

/** Where an item's picture lies, by the number of the game's file; null when the server has none. */
export function iconAddress(iconId: number): string | null {
  if (!asked) void ask()
  if (iconId < 0x06000000 || iconId > 0x07ffffff) return null
  return there.value ? `/icons/${iconId.toString(16).toUpperCase().padStart(8, '0')}.png` : null
}

/** There is no such picture: not asked for again. */
export const noteMissing = (iconId: number) => void missing.add(iconId)
export const isMissing = (iconId: number) => missing.has(iconId)
