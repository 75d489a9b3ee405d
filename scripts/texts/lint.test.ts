import { ESLint } from 'eslint'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..', '..')
const eslint = new ESLint({ cwd: root })
async function foundIn(file: string, text: string): Promise<number> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) })
  return result!.messages.filter(({ ruleId }) => ruleId === 'texts/in-messages').length
}
const template = (inner: string) =>
  `<script setup lang="ts">\nconst n = 1\n</script>\n\n<template>\n  ${inner}\n</template>\n`

describe('the lint of texts', () => {
  it.each([
    '<p>Nothing here</p>',
    '<p>{{ n }} rows</p>',
    '<button title="Close" />',
    '<UiSearch label="Find a note" />',
    "<p>{{ n ? 'yes' : n }}</p>",
    "<p>{{ n || 'never' }}</p>",
    '<p :aria-label="`Rows of ${n}`" />',
    "<p @click=\"$emit('say', 'The note is gone')\" />",
  ])('finds what people read in a template: %s', async (inner) => {
    expect(await foundIn('web/src/windows/board/PlantedThing.vue', template(inner))).toBe(1)
  })
  it.each([
    "export const title = () => 'The note was not added'",
    'export const title = (n: number) => `${n} notes are left`',
    "export const column = { id: 'kills', name: 'Kills' }",
  ])('finds what people read in a script: %s', async (text) => {
    expect(await foundIn('web/src/windows/board/planted.ts', `${text}\n`)).toBe(1)
  })
  it.each([
    '<p class="flex gap-2" :class="n ? \'text-fg\' : \'text-muted\'">{{ n }} · 3 ×</p>',
    '<p><kbd>Ctrl</kbd> <code>state:idle</code></p>',
    '<p v-if="String(n) === \'Nothing here\'" role="status" />',
    '<b>Overlord</b>',
  ])('leaves alone what is no text: %s', async (inner) => {
    expect(await foundIn('web/src/windows/board/PlantedThing.vue', template(inner))).toBe(0)
  })
  it.each([
    ['planted.ts', "export const fail = () => new Error('There is no such window')"],
    ['planted.ts', "export const kind = 'open-window' as 'open-window' | 'Open Window'"],
    ['messages.ts', "export const english = { gone: 'The note is gone' }"],
    ['messages.sv.ts', "export const translation = { gone: 'Lappen finns inte' }"],
    ['planted.test.ts', "export const said = 'The note is gone'"],
  ])('leaves alone what is no text: %s, %s', async (file, text) => {
    expect(await foundIn(`web/src/windows/board/${file}`, `${text}\n`)).toBe(0)
  })
})
