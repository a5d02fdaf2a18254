// The arrows of the house (docs/tour.md). Each rule says what to do instead.
const io = '(store|api|jobs|feature)\\.ts$'
module.exports = {
  forbidden: [
    {
      name: 'core-imports-nobody',
      comment: 'core is what everybody shares. Move what you need into core, or the caller out of it.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?!core/)' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule is a function of facts: pass in what it needs instead of fetching it. I/O belongs in store, api, jobs or screens.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/[^/]+\\.ts$', pathNot: [io, '\\.test\\.ts$', 'differences\\.ts$', 'packs\\.ts$'] },
      to: { path: '^src/(server|web|crypto)/|^src/features/[^/]+/[^/]*(store|api|jobs|feature)\\.ts$' },
    },
    {
      name: 'server-and-web-never-meet',
      comment: 'What both need is core or a rule.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'web-and-server-never-meet',
      comment: 'What both need is core or a rule.',
      severity: 'error',
      from: { path: '^src/(web/|features/[^/]+/screens/)' },
      to: { path: '^src/server/|^src/features/[^/]+/[^/]*(store|api|jobs|feature)\\.ts$' },
    },
    {
      name: 'only-main-knows-features',
      comment: 'The machine room takes features as parts: give it what it needs in main.ts, or through feature.ts.',
      severity: 'error',
      from: { path: '^src/server/', pathNot: ['main\\.ts$', 'seed-demo\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^src/features/' },
    },
    {
      name: 'only-main-knows-screens',
      comment: 'The shell takes screens as parts, in main.tsx.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: ['main(-features)?\\.tsx$', 'replica', 'app'] },
      to: { path: '^src/features/[^/]+/screens/' },
    },
    {
      name: 'features-do-not-know-each-other',
      comment: 'Any feature may use cases (a child has one case), and reports reads indicators. What else two features share belongs in core.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: ['\\.test\\.ts$', '^src/features/reports/'] },
      to: { path: '^src/features/(?!cases/)', pathNot: '^src/features/$1/' },
    },
    {
      name: 'only-crypto-imports-ciphers',
      comment: 'Encrypt, hash and make randomness through src/crypto, so that one folder can be reviewed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/crypto/' },
      to: { path: '^(node:)?crypto$|@node-rs/argon2|hash-wasm|@hpke|otpauth' },
    },
    {
      name: 'no-shell',
      comment: 'Kembali starts no other programs.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(node:)?(child_process|vm|worker_threads|cluster)$' },
    },
    {
      name: 'files-are-read-in-few-places',
      comment: 'Pass the content in; only these files touch the disk.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/server/(database|migrate|countries|check-country|check-words|keys|data-folder|control-socket|static-files|config|main)\\.ts$|\\.test\\.ts$' },
      to: { path: '^(node:)?fs' },
    },
    { name: 'no-cycles', comment: 'Two files that need each other want a third, or want to be one.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
