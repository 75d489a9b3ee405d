// The drivers there are, as settings name them.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Log } from '../../../shared/log.ts'
import { builtinDriver } from '../builtin/builtin.ts'
import type { Driver } from '../driver.ts'
import { guildAssistant } from '../personas/guild-assistant.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { modelDriver } from './model-driver.ts'

export const DRIVERS = ['builtin', 'openai', 'anthropic'] as const
export type DriverName = (typeof DRIVERS)[number]

export interface ModelSettings {
  driver: DriverName
  /** Base address of the model's interface, for example `http://127.0.0.1:11434/v1`. */
  url?: string | undefined
  key?: string | undefined
  /** The model's name there. */
  name?: string | undefined
}

/** The driver that the settings name. Throws when one of them is missing. */
export function driverOf({ driver, url, key, name }: ModelSettings, log: Log): Driver {
  const fallback = builtinDriver()
  if (driver === 'builtin') return fallback
  if (!name) throw new Error(`MODEL_NAME: is needed with MODEL_DRIVER=${driver}.`)
  const persona = guildAssistant
  if (driver === 'anthropic') {
    if (!key) throw new Error('MODEL_KEY: is needed with MODEL_DRIVER=anthropic.')
    const provider = createAnthropic({ apiKey: key, fetch: boundedFetch, ...(url && { baseURL: url }) })
    return modelDriver({ kind: 'ANTHROPIC', model: provider(name), label: name, persona, fallback, log })
  }
  if (!url) throw new Error('MODEL_URL: is needed with MODEL_DRIVER=openai, for example http://127.0.0.1:11434/v1.')
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: url,
    includeUsage: true,
    fetch: boundedFetch,
    ...(key && { apiKey: key }),
  })
  return modelDriver({ kind: 'OPENAI_COMPATIBLE', model: provider(name), label: name, persona, fallback, log })
}
