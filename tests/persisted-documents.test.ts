import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

it('[DOC1] every document of the page has its hash on itself, and the gateway knows its text', () => {
  const known = JSON.parse(readFileSync('gateway/generated/documents.json', 'utf8')) as Record<string, string>
  const files = readdirSync('web/src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.gen.ts'))
    .map((file) => readFileSync(path.join('web/src', file), 'utf8'))
  const documents = files.filter((text) => text.includes('"kind":"OperationDefinition"'))
  expect(documents.length).toBeGreaterThan(100)
  for (const text of documents) {
    const [, name, hash] = /Object\.assign\((\w+)Document, \{"hash":"([0-9a-f]{64})"/.exec(text)!
    expect(known[hash!]).toContain(`${name} `.trim())
  }
})
