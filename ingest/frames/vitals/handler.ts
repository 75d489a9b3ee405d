import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { VitalsFrame } from './shape.ts'
import { topic, type VitalsEvent } from '../../../shared/contract/topics.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { VitalsRows } from './rows.ts'

export function onVitals(frame: VitalsFrame, { now, receivedAt }: HandlerContext): Outcome<VitalsRows> {
  const event: VitalsEvent = {
    character: frame.character_name,
    clientAt: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    health: frame.health_current ?? null,
    maxHealth: frame.health_max ?? null,
    healthPercent: frame.health_percentage ?? percent(frame.health_current, frame.health_max),
    stamina: frame.stamina_current ?? null,
    maxStamina: frame.stamina_max ?? null,
    staminaPercent: frame.stamina_percentage ?? percent(frame.stamina_current, frame.stamina_max),
    mana: frame.mana_current ?? null,
    maxMana: frame.mana_max ?? null,
    manaPercent: frame.mana_percentage ?? percent(frame.mana_current, frame.mana_max),
    vitae: frame.vitae ?? null,
  }
  return keep([{ table: 'vitals', row: event }], [{ topic: topic('vitals', event.character), event }])
}

/** Builds that send only points leave the share to us; one decimal, as the others send it. */
function percent(now: number | undefined, max: number | undefined): number | null {
  return now === undefined || !max || max < 0 ? null : Math.round((now / max) * 1000) / 10
}
