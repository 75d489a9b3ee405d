// npm run migrate: brings the schema of DATABASE_URL up to date and says what it did.
import { atConsole } from './console.ts'
import { migrate } from './migrate.ts'

await atConsole('migrate', process.env, async (pool) => {
  const ran = await migrate(pool)
  console.log(ran.length ? `Ran ${ran.join(', ')}.` : 'The schema is up to date.')
})
