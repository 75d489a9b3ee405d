// Models of the AI SDK. Loaded only where one is configured: with the SDK the process is about 20 MB larger.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import { boundedFetch } from './bounded-fetch.ts'

export { modelDriver } from './model-driver.ts'

/** @param url base address other than the vendor's */
export const anthropicModel = (name: string, apiKey: string, url?: string): LanguageModel =>
  createAnthropic({ apiKey, fetch: boundedFetch, ...(url && { baseURL: url }) })(name)

/** @param url base address of any interface of the OpenAI form */
export const openAiModel = (name: string, url: string, apiKey?: string): LanguageModel =>
  createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: url,
    includeUsage: true,
    fetch: boundedFetch,
    ...(apiKey && { apiKey }),
  })(name)
