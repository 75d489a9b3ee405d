// Writes the table of settings in README.md, .env.example, and the names of all settings for rooms that run alone.
// `--check` only compares what is in git, `--names` writes only the names.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { allSettings } from './collect.ts'
import { envExample, readmeWith } from './documents.ts'

async function main(root: string, check: boolean): Promise<void> {
  const read = (file: string) => readFile(path.join(root, file), 'utf8')
  const settings = await allSettings()
  const readme = await read('README.md')
  const files = {
    'README.md': [readme, readmeWith(readme, settings)],
    '.env.example': [
      await read('.env.example').catch(() => ''),
      envExample(await read('docker-compose.yml'), settings),
    ],
  }
  for (const [file, [now, wanted]] of Object.entries(files)) {
    if (now === wanted) continue
    if (check)
      throw new Error(`${file} does not have the settings as they are declared. Run npm run codegen and commit it.`)
    await writeFile(path.join(root, file), wanted!)
  }
}

/** Generated: no room may import the others to learn their settings. */
async function writeNames(root: string): Promise<void> {
  const names = Object.keys(await allSettings())
  await writeFile(
    path.join(root, 'shared/settings/names.gen.ts'),
    `/** Names of all settings of all rooms. */\nexport const NAMES: readonly string[] = ${JSON.stringify(names)}\n`,
  )
}

const [option] = process.argv.slice(2)
if (option !== '--check') await writeNames(process.cwd())
if (option !== '--names') await main(process.cwd(), option === '--check')
