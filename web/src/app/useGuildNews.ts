import { onScopeDispose } from 'vue'
import { mapControl } from '../map/map-control.ts'
import { inView } from '../graph/in-view.ts'
import { useSubscription } from '../graph/useSubscription.ts'
import { useWindowStore } from '../desktop/window-store.ts'
import { STALE_MS } from '../world/world-store.ts'
import { liveWorld } from '../world/live-world.ts'
import { ShellRareFoundDocument } from './rare-news.subscription.gen.ts'
import { announce, showToast } from '../ui/toasts.ts'
import { texts } from './messages.ts'
import { formatList } from '../ui/format.ts'

const LOOK_MS = 3_000

/** Announces rares by toast, and characters that come and go to screen readers. */
export function useGuildNews() {
  const windows = useWindowStore()
  useSubscription(ShellRareFoundDocument, {}, ({ rareFound: rare }) => {
    const { ew, ns } = rare
    const seen = windows.list.some((one) => one.kind === 'rares' && one.state !== 'min')
    // The list of rares shows each find already; only great ones get a toast as well while it is open.
    if (seen && rare.tier !== 'GREAT') return announce(texts.found(rare.character.name, rare.name))
    showToast({
      kind: 'rare',
      title: (rare.tier === 'GREAT' ? texts.foundAGreatRare : texts.foundARare)(rare.character.name),
      text: rare.name,
      act: () => {
        windows.open('rares')
        if (ew !== null && ns !== null) mapControl.value?.flyTo({ ew, ns })
      },
    })
  })

  let before: Set<string> | null = null
  let wait = 0
  const timer = setInterval(() => {
    // Nothing comes while nobody looks, and who is there is known again some moments after the return.
    if (!inView.value) wait = 2
    if (wait-- > 0) return (before = null)
    const now = Date.now()
    const live = new Set(
      liveWorld.names.filter((_, i) => liveWorld.placedAt[i]! > 0 && liveWorld.ageMs(i, now) < STALE_MS),
    )
    if (before) {
      const came = [...live].filter((name) => !before!.has(name))
      const left = [...before].filter((name) => !live.has(name))
      if (came.length > 0) announce(texts.came(listNames(came)))
      if (left.length > 0) announce(texts.fellSilent(listNames(left)))
    }
    // The first look at a full guild is no news.
    if (before || live.size > 0) before = live
  }, LOOK_MS)
  onScopeDispose(() => clearInterval(timer))
}

export const listNames = (names: readonly string[]) =>
  names.length > 4 ? texts.characters(names.length) : formatList(names)
