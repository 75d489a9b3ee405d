import type { Log } from '../../shared/log.ts'
import type { Driver } from '../assistant/driver.ts'
import type { ModelSettings } from '../assistant/models/model-settings.ts'
import { driverOf } from '../assistant/models/models.ts'
import { builtinGameMaster } from './builtin/builtin.ts'
import { parseCommand } from './builtin/grammar.ts'
import { gameMaster } from './game-master.ts'

/**
 * The driver that narrates: the language model of the settings, and for commands the built-in one, which needs none.
 * @param gateway address of `/graphql`
 */
export async function gameMasterDriver(settings: ModelSettings, log: Log, gateway: string): Promise<Driver> {
  const builtin = builtinGameMaster()
  if (settings.driver === 'builtin') return builtin
  const model = await driverOf(settings, log, gateway, { persona: gameMaster, fallback: builtin, hasOwnTools: true })
  return {
    kind: model.kind,
    model: model.model,
    answer: (asked) => (parseCommand(asked.messages.at(-1)?.text ?? '') ? builtin : model).answer(asked),
  }
}
