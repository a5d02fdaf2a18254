import { beginBuild, makeReady } from './ready.mjs'

makeReady()
const { web } = await beginBuild()
// While the web app is built, the database is made.
const { webIsBeingBuilt } = await import('../dist/src/server/web-build.js')
webIsBeingBuilt(web)
await import('../dist/src/server/main.js')
