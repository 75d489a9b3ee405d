declare module 'autocannon' {
  interface Result {
    requests: { average: number }
    latency: { p50: number; p99: number }
    non2xx: number
    errors: number
    throughput: { average: number }
  }
  interface Options {
    url: string
    method: 'POST'
    headers: Record<string, string>
    body?: string
    /** Makes each request from the one that is given. */
    requests?: { setupRequest(request: object): object }[]
    connections: number
    duration: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
