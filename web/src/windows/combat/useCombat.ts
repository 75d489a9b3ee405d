import { useDebounceFn } from '@vueuse/core'
import { computed } from 'vue'
import { useMoment } from '../../world/shown-world.ts'
import { unmask } from '../../graph/unmask.ts'
import { useAsk } from '../../graph/useAsk.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import {
  CombatWindowElementFragmentDoc,
  type CombatWindowTotalsFragment,
  CombatWindowTotalsFragmentDoc,
} from './combat-totals.fragment.gen.ts'
import { CombatWindowDocument } from './combat-window.query.gen.ts'
import { CombatWindowLiveDocument } from './combat-window.subscription.gen.ts'
import type { Side, Span, TotalsShown } from './combat.ts'

const TOGETHER_MS = 2_500

/** What is asked for: the span and, for `between`, its two moments. */
export interface CombatSpan {
  span: Span
  since: string
  until: string | null
}

/** The combat of one character over a span, asked for again after each fight that is stored. */
export function useCombat(character: () => string | null, span: () => CombatSpan | null) {
  const moment = useMoment()
  const variables = computed(() => {
    const [name, asked] = [character(), span()]
    if (!name || !asked) return null
    return {
      name,
      session: asked.span === 'session',
      lifetime: asked.span === 'lifetime',
      between: asked.span === 'between',
      since: asked.since,
      until: asked.until ?? moment.value,
      at: moment.value,
    }
  })
  const { data, fault, state, ask } = useAsk(CombatWindowDocument, variables)
  const look = useDebounceFn(ask, TOGETHER_MS, { maxWait: 2 * TOGETHER_MS })
  // A stream of nobody: an empty list asks for no character.
  useSubscription(
    CombatWindowLiveDocument,
    () => ({ characters: [character()].filter((name) => name !== null) }),
    () => void look(),
  )

  const known = computed(() => {
    const found = data.value?.character
    return found && found.name === character() ? found : null
  })
  const side = computed<Side | null>(() => {
    if (!known.value) return null
    const { name, combat, combatBetween } = known.value
    const masked = combatBetween ?? combat?.lifetime ?? combat?.latestFight?.totals
    return { name, totals: masked ? openTotals(unmask(CombatWindowTotalsFragmentDoc, masked)) : null }
  })
  const fight = computed(() => known.value?.combat?.latestFight ?? null)
  return { side, fight, fault, state, ask }
}

function openTotals(totals: CombatWindowTotalsFragment): TotalsShown {
  const elements = (masked: CombatWindowTotalsFragment['offense']) =>
    masked.map((one) => unmask(CombatWindowElementFragmentDoc, one))
  return {
    ...totals,
    offense: elements(totals.offense),
    defense: elements(totals.defense),
    monsters: totals.monsters.map((monster) => ({
      ...monster,
      offense: elements(monster.offense),
      defense: elements(monster.defense),
    })),
  }
}
