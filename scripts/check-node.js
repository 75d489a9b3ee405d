// Imported before everything else: an older Node fails on what comes after, with words that help nobody.
import fs from 'node:fs'

const { engines } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = engines.node.replace('>=', '').split('.').map(Number)
const has = process.versions.node.split('.').map(Number)
if (has[0] < needed[0] || (has[0] === needed[0] && has[1] < needed[1])) {
  const { node } = process.versions
  console.error(`\n  This is Node ${node}; Overlord needs ${needed.join('.')} or newer. Install a newer one.\n`)
  process.exit(1)
}
