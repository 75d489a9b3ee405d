// A process that asks the program of its argument, stops the answer once that runs, and has nothing more to do.
// Prints the processes of the program and its folder as JSON.
import { ownTools } from '../claude-driver.ts'
import { linesOfClaude } from '../claude-process.ts'

const tools = {
  tools: [],
  call: () => Promise.reject(new Error('none')),
  [Symbol.asyncDispose]: () => Promise.resolve(),
}
const stop = new AbortController()
const asked = { messages: [], tools, actAs: '', characterNames: () => Promise.resolve([]), signal: stop.signal }
const mcp = await ownTools({ name: '', prompt: '', tools: [] })(asked)
const settings = { binary: process.argv[2]!, home: null, key: 'a-key', url: null, model: null }
try {
  for await (const line of linesOfClaude(settings, { prompt: 'ORPHAN', system: '', mcp, signal: stop.signal })) {
    const [, ...found] = /PIDS (\d+) (\d+)\. In (.+?)\."/.exec(line) ?? []
    if (!found.length) continue
    process.stdout.write(JSON.stringify({ pids: found.slice(0, 2).map(Number), cwd: found[2] }))
    stop.abort()
  }
} catch {
  // It was stopped.
}
