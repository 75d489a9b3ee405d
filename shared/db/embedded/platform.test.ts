import { describe, expect, it } from 'vitest'
import { folderFault, programEnv, serverOptions } from './platform.ts'

describe('[OPS17] the folder of the embedded database', () => {
  it.each([
    ['win32', 'C:\\Users\\Jo Bloggs\\overlord & co\\data'],
    ['win32', 'D:\\spiel (neu)\\$data\\`1'],
    ['linux', '/srv/over lord/data%1'],
    ['darwin', "/Users/jo/it's here"],
  ] as const)('on %s may be %s', (platform, folder) => {
    expect(folderFault(folder, platform)).toBeNull()
  })

  it.each([
    ['win32', 'C:\\data\\%TEMP%'],
    ['linux', '/srv/a\\b'],
    ['linux', '/srv/$HOME'],
    ['darwin', '/srv/"data"'],
    ['linux', '/srv/a\nb'],
  ] as const)('on %s may not be %j', (platform, folder) => {
    expect(folderFault(folder, platform)).toMatch(/^The path of DATA_DIR may not contain .*Choose another one/)
  })
})

describe('[OPS17] options of the server', () => {
  it('have no quotes, so that every shell leaves them as they are', () => {
    expect(serverOptions({ listen_addresses: '127.0.0.1', port: 5432, unix_socket_directories: '' })).toBe(
      '-c listen_addresses=127.0.0.1 -c port=5432 -c unix_socket_directories=',
    )
  })

  it('are refused where they would need quotes', () => {
    expect(() => serverOptions({ log_line_prefix: '%m [%p] ' })).toThrow('log_line_prefix cannot be set')
  })
})

describe('[OPS17] the environment of the server', () => {
  it('has on Windows what programs need there, however its name is written', () => {
    const env = { Path: 'C:\\Windows', systemroot: 'C:\\Windows', SHARED_SECRET: 'secret', Temp: 'C:\\Temp' }
    expect(programEnv('C:\\data', 'win32', env)).toEqual({
      PATH: 'C:\\Windows',
      SystemRoot: 'C:\\Windows',
      TEMP: 'C:\\Temp',
      LC_ALL: 'C',
      LANG: 'C',
      TZ: 'UTC',
      HOME: 'C:\\data',
    })
  })

  it('has nothing of ours elsewhere', () => {
    const env = { PATH: '/opt/bin', LC_ALL: 'de_DE', SHARED_SECRET: 'secret' }
    expect(programEnv('/data', 'linux', env)).toEqual({
      PATH: '/usr/bin:/bin',
      LC_ALL: 'C',
      LANG: 'C',
      TZ: 'UTC',
      HOME: '/data',
    })
  })
})
