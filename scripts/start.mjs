import { makeBuilt, makeReady } from './ready.mjs'

makeReady()
makeBuilt()
await import('../dist/src/server/main.js')
