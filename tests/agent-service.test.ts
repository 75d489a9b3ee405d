// The assistant as a service: what its unit and its container may do.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

const ROOT = path.join(import.meta.dirname, '..')
const FOLDER = path.join(ROOT, 'scripts', 'agent-service')
const UNIT = path.join(FOLDER, 'overlord-agent.service')
const text = readFileSync(UNIT, 'utf8')

/** Values of the unit by section and name, those of repeated names in their order. */
function settingsOf(unit: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  let section = ''
  for (const line of unit.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const heading = /^\[(\w+)\]$/.exec(line)
    if (heading) {
      section = heading[1]!
      continue
    }
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? expect.fail(`no setting: ${line}`)
    const key = `${section}.${name!}`
    found.set(key, [...(found.get(key) ?? []), value!])
  }
  return found
}
const unit = settingsOf(text)

describe('the unit of the assistant', () => {
  it.each([
    ['User', 'overlord-agent'],
    ['Group', 'overlord-agent'],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['AmbientCapabilities', ''],
    ['PrivateTmp', 'yes'],
    ['PrivateDevices', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['ProtectKernelModules', 'yes'],
    ['ProtectControlGroups', 'yes'],
    ['RestrictNamespaces', 'yes'],
    ['RestrictSUIDSGID', 'yes'],
    ['LockPersonality', 'yes'],
    ['RestrictAddressFamilies', 'AF_UNIX AF_INET AF_INET6'],
    ['SystemCallArchitectures', 'native'],
    ['MemoryMax', '512M'],
    ['TasksMax', '128'],
    ['UMask', '0077'],
  ])('has %s=%s', (name, value) => {
    expect(unit.get(`Service.${name}`)).toEqual([value])
  })

  it('hides secrets of others, and refuses calls of the system that no service needs', () => {
    const hidden = unit.get('Service.InaccessiblePaths')!.join(' ')
    for (const file of ['/etc/shadow', '/root', '/etc/ssh', '/run/docker.sock']) expect(hidden).toContain(`-${file}`)
    expect(unit.get('Service.SystemCallFilter')).toEqual(['@system-service', '~@privileged @reboot @mount'])
  })

  it('contains no secret: settings come from a file of root', () => {
    expect(unit.get('Service.EnvironmentFile')).toEqual(['/etc/overlord/agent.env'])
    expect(text).not.toMatch(/TOKEN=|KEY=/)
  })

  const analyze = spawnSync('systemd-analyze', ['--version'])
  it.skipIf(analyze.status !== 0)('is what systemd reads, and leaves little open', () => {
    const verified = spawnSync('systemd-analyze', ['verify', UNIT], { encoding: 'utf8' })
    // Of other units and of a program that is elsewhere here it may say something; of this file only that.
    const said = verified.stderr.split('\n').filter((line) => line.includes('overlord-agent'))
    expect(said.filter((line) => !/Command \S+ is not executable|Unit \S+ not found/.test(line))).toEqual([])
    const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', UNIT], {
      encoding: 'utf8',
    })
    expect(judged.status, judged.stdout).toBe(0)
  })
})

describe('the script that installs it', () => {
  const install = (...args: string[]) =>
    spawnSync(path.join(FOLDER, 'install.sh'), args, { encoding: 'utf8', cwd: os.tmpdir() })

  it.skipIf(!existsSync(path.join(ROOT, 'dist', 'agent', 'main.js')))(
    'says what it would do, and changes nothing',
    () => {
      const root = mkdtempSync(path.join(os.tmpdir(), 'overlord-install-'))
      onTestFinished(() => rmSync(root, { recursive: true }))
      const { status, stdout, stderr } = install('--dry-run', '--node', '/bin/true')
      expect([status, stderr]).toEqual([0, ''])
      for (const step of ['useradd --system', 'write /etc/overlord/agent.env', 'systemctl daemon-reload'])
        if (!(step.startsWith('useradd') && spawnSync('id', ['overlord-agent']).status === 0))
          expect(stdout).toContain(step)
      expect(install('--dry-run', '--root', root, '--node', '/bin/true').status).toBe(0)
      expect(readdirSync(root)).toEqual([])
    },
  )

  it.each([
    [['--nonsense'], 2, 'Unknown: --nonsense'],
    [['--dry-run', '--node', '/nowhere/node'], 1, 'name another one with --node'],
  ])('refuses %j', (args, code, reason) => {
    const { status, stderr } = install(...args)
    expect(status).toBe(code)
    expect(stderr).toContain(reason)
  })
})

it('the container of the assistant has a user, a network and limits of its own, and writes nothing', () => {
  const { services } = parse(readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: Record<string, Record<string, unknown>>
  }
  expect(services['agent']).toMatchObject({
    user: '10016:10016',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    networks: ['assistant'],
    mem_limit: '512m',
    pids_limit: 128,
  })
  expect(services['agent']).not.toHaveProperty('volumes')
  for (const [name, { networks }] of Object.entries(services))
    expect([name, JSON.stringify(networks ?? ['default']).includes('assistant')]).toEqual([
      name,
      ['agent', 'gateway', 'prometheus'].includes(name), // the one it asks, and the one that reads its metrics
    ])
})
