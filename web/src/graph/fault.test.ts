import { CombinedError } from '@urql/vue'
import { describe, expect, it } from 'vitest'
import { faultText } from './fault.ts'

const answered = (status: number) => ({ status }) as Response

describe('the text of an error', () => {
  it('names the trace by which an admin finds it in the log', () => {
    const cause = [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR', trace: 'f00d' } }]
    expect(faultText(cause)).toBe('Unexpected error. (trace f00d)')
    expect(faultText([{ message: 'No such name.' }])).toBe('No such name.')
  })
  it('says that the server could not be reached only when no answer came', () => {
    const lost = new CombinedError({ networkError: new TypeError('Failed to fetch') })
    expect(faultText(lost)).toBe('The server could not be reached.')
    const html = new CombinedError({ networkError: new SyntaxError('Unexpected token <'), response: answered(502) })
    expect(faultText(html)).toBe('The server answered with status 502. Try again in a moment.')
    const notJson = new CombinedError({ networkError: new SyntaxError('Unexpected token <'), response: answered(200) })
    expect(faultText(notJson)).toBe('What the server answered could not be read. Try again in a moment.')
  })
  it('prefers what the server said over the status it said it with', () => {
    const said = new CombinedError({
      graphQLErrors: [{ message: 'Too many tries.', extensions: { trace: 'beef' } }],
      response: answered(429),
    })
    expect(faultText(said)).toBe('Too many tries. (trace beef)')
  })
})
