import { rmSync, writeFileSync } from 'node:fs'
import { build } from 'vite'
import { writeServer } from './server-code.mjs'
import { writeWordIds } from './word-ids.mjs'

// The server is there in a moment and the web app some seconds later: a start that waits for us (ready.mjs) goes on with the first.
await part('server', async () => {
  rmSync('dist', { recursive: true, force: true })
  await writeServer()
})
process.send?.('server')
await part('web app', async () => {
  writeWordIds()
  await build({ logLevel: 'warn' })
})
writeFileSync('dist/built', new Date().toISOString())

async function part(name, work) {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(`The ${name} could not be built: the fault stands above.`)
    process.exit(1)
  }
}
