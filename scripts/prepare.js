// After `npm ci`: builds, so that the first start is quick. An install without development packages has nothing to
// build with.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const there = ['vite', 'typescript', '@graphql-codegen/cli'].every((name) =>
  fs.existsSync(path.join(root, 'node_modules', name)),
)
if (there) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'build-missing.js')], { stdio: 'inherit' })
  if (status !== 0) console.error('The build failed; npm start and npm run demo will try again and say why.')
}
