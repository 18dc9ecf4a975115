import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { pageWorkers } from './web/shell/page-build.ts'

const api = `http://127.0.0.1:${process.env['PORT'] ?? 8080}`

export default defineConfig({
  root: 'web',
  plugins: [react(), pageWorkers()],
  // Its worker is found by URL, which pre-bundling breaks.
  optimizeDeps: { exclude: ['maplibre-gl'] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    // What MapLibre's worker needs (Object.hasOwn); web/README.md says what else.
    target: ['chrome94', 'edge94', 'firefox115', 'safari15.4'],
    manifest: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // What every screen needs is one file: as thirty small ones it weighs more packed.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|react-i18next|i18next|@tanstack[\\/](react-router|router-core|history|react-query|query-core|react-store|store)|idb|hono)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/tile': api, '/health': api, '/basemap.pmtiles': api } },
})
