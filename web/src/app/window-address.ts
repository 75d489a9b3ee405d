import { nextTick } from 'vue'
import { isWindowKind, windowKind } from '../desktop/kinds.ts'
import { useWindowStore } from '../desktop/window-store.ts'
import { mapControl } from '../map/map-control.ts'
import { readMiddle } from '../map/view.ts'
import { addAddressPart, openedWith } from '../ui/address.ts'
import { kiosk } from '../ui/kiosk.ts'

/** A window in the address: its kind, and what it is about. */
const textOf = ({ kind, params }: { kind: string; params: Partial<Record<string, string>> }): string => {
  const { needs } = windowKind(kind)
  return needs ? `${kind}:${params[needs] ?? ''}` : kind
}

/** Keeps the open windows in the address, `w=roster,character:Larsson`, and whether it is on a wall, `k=1`. */
export function keepWindowsInAddress() {
  const windows = useWindowStore()
  addAddressPart({ key: 'k', write: () => (kiosk.value ? '1' : null), read: (text) => (kiosk.value = text === '1') })
  const open = () => windows.list.filter(({ state }) => state !== 'min')
  addAddressPart({
    key: 'w',
    write: () => open().map(textOf).join(','),
    read(text) {
      const wanted = text.split(',').filter(Boolean)
      for (const one of open()) if (!wanted.includes(textOf(one))) windows.close(one)
      const known = new Set(open().map(textOf))
      for (const one of wanted.filter((name) => !known.has(name))) {
        const [kind = '', ...about] = one.split(':')
        if (!isWindowKind(kind)) continue
        const { needs } = windowKind(kind)
        if (!needs) windows.open(kind)
        else if (about.length > 0) windows.open(kind, { [needs]: about.join(':') })
      }
    },
  })
  if (openedWith('w') !== null) void lookAgain()
}

/** The map was centred in what other windows left free: the place of the address comes to the new middle. */
async function lookAgain() {
  await nextTick()
  const middle = readMiddle(openedWith('c'))
  if (middle) mapControl.value?.lookAt(middle, middle.k)
}
