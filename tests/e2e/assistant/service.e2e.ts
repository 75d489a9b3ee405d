// The assistant as install.sh lays it out: the installed files alone answer.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { answerTo, textOf } from './answer-to.ts'
import { aPerson } from '../../../shared/testing/people.ts'
import { freePort } from '../../../shared/testing/start-apart.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

const INSTALL = path.join(import.meta.dirname, '..', '..', '..', 'scripts', 'agent-service', 'install.sh')

it('an installed assistant answers; installing again keeps its settings', async () => {
  const root = await tempFolder('installed')
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const install = () => spawnSync(INSTALL, ['--root', root, '--node', process.execPath], { encoding: 'utf8' })
  expect(install()).toMatchObject({ status: 0, stderr: '' })
  const settings = path.join(root, 'etc', 'overlord', 'agent.env')
  expect(statSync(settings).mode & 0o777).toBe(0o640)
  const unit = readFileSync(path.join(root, 'etc', 'systemd', 'system', 'overlord-agent.service'), 'utf8')
  expect(unit).toContain(`ExecStart=${process.execPath} dist/agent/main.js`)

  await using overlord = await startOverlord({ env: { AGENT: 'off' } })
  const { data } = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "assistant", scopes: [AGENT] }) { secret } }',
  )
  const lines = [
    `AGENT_TOKEN=${data.createToken.secret}`,
    `GATEWAY_URL=${overlord.url}/graphql`,
    `AGENT_PORT=${await freePort()}`,
  ]
  writeFileSync(settings, `${lines.join('\n')}\n`)
  expect(install()).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(settings, 'utf8')).toContain(data.createToken.secret)

  const env = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]))
  const child = spawn(process.execPath, ['dist/agent/main.js'], { cwd: path.join(root, 'opt', 'overlord-agent'), env })
  onTestFinished(() => void child.kill())
  const person = await aPerson(overlord, 'Asker')
  await until('it is there', async () => {
    const { data } = await person.graph<{ assistantStatus: { available: boolean } }>(
      '{ assistantStatus { available } }',
    )
    return data.assistantStatus.available
  })
  expect(textOf(await answerTo(person, 'who is online'))).toContain('Nobody is online.')
}, 180_000)
