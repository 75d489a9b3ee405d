import { Counter } from 'prom-client'

/** `stored`; `malformed`: bad input; `refused`: too many wait; `unauthorized`; `lost`: the database refused it. */
export const traceCounters = {
  reports: new Counter({
    name: 'overlord_ingest_trace_reports_total',
    help: 'Reports of what assistants did, by what became of them',
    labelNames: ['outcome'],
  }),
}
