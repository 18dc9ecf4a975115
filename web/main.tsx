import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readFailure } from './shell/api.ts'
import { chineseReady } from './shell/font.ts'
import { startLanguage } from './shell/i18n.ts'
import { notePrints } from './shell/print-note.ts'
import { router } from './shell/routes.tsx'
import './shell/tokens.css'

// It takes a page that was opened without a network for one with.
onlineManager.setOnline(navigator.onLine)

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What the server refused will be refused again; only silence is worth asking twice.
      retry: (count, error) => count < 3 && [0, 502, 503, 504].includes(readFailure(error).status),
    },
  },
})

async function start(): Promise<void> {
  if (location.pathname === '/wall' && location.hash !== '') {
    await (await import('./device/wall-link.ts')).takeWallLink()
  }
  await Promise.all([startLanguage(), chineseReady()])
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

notePrints()
void start()
