import net from 'node:net'

/** What stands before several processes that do the same: each connection goes to the next of them that takes it. */
export interface Balancer extends AsyncDisposable {
  url: string
}

/** Connections by TCP alone, as a balancer without a notion of HTTP makes them. `ports` are asked in turn. */
export async function startBalancer(port: number, ports: readonly number[]): Promise<Balancer> {
  let turn = 0
  const open = new Set<net.Socket>()
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => {
    open.add(client)
    client.once('close', () => open.delete(client))
    client.on('error', () => client.destroy())
    connect(client, turn++, ports.length)
  })
  function connect(client: net.Socket, nth: number, tries: number): void {
    if (tries === 0) return void client.destroy()
    const behind = net.connect({ port: ports[nth % ports.length]!, host: '127.0.0.1', allowHalfOpen: true })
    behind.once('connect', () => {
      behind.off('error', next)
      behind.on('error', () => client.destroy())
      behind.once('close', () => client.destroy())
      client.once('close', () => behind.destroy())
      client.pipe(behind).pipe(client)
      client.resume()
    })
    const next = () => connect(client, nth + 1, tries - 1)
    behind.once('error', next)
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
