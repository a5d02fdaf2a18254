import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { serviceWorker } from './scripts/vite-service-worker.mjs'
import { words } from './scripts/vite-words.mjs'

// The phone and desk app: `src/web` in, `dist/web` out; the server serves what is built here.
export default defineConfig({
  root: 'src/web',
  plugins: [react(), words(), serviceWorker()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Fonts and icons stay files: the content policy allows no data addresses.
    assetsInlineLimit: 0,
    target: 'es2022',
    sourcemap: false,
    rollupOptions: {
      output: {
        // In one file, so that the word "no functions from text" is said before any schema is made.
        codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod\/|src\/web\/no-jit/ }] },
        chunkFileNames: (chunk) => (chunk.facadeModuleId?.includes('virtual:words/') === true ? `assets/words-${chunk.facadeModuleId.split('/').at(-1)}-[hash].js` : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/country': 'http://127.0.0.1:3000' } },
})
