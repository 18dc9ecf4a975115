import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { freePort } from './free-port.mjs'

/** A real OpenID provider on this machine, where whoever comes is the person of `who`. */
export interface OidcServer {
  issuer: string
  /** What the provider says of whoever signs in next. */
  who: { sub: string; [claim: string]: unknown }
  close(): Promise<void>
}

export const client = { id: 'onemap', secret: 'secret-of-the-provider-0123456789' }

/** Starts one that sends people back to `callback`, and to nowhere else. */
export async function startOidcServer(callback: string): Promise<OidcServer> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const server: OidcServer = { issuer, who: { sub: 'nobody' }, close: async () => {} }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name'],
      email: ['email', 'email_verified'],
    },
    cookies: { keys: ['a key for the cookies of a test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/enter/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => server.who }),
  })
  const http = createServer((request, response) => {
    if (!request.url?.startsWith('/enter/')) return void provider.callback()(request, response)
    void enter(provider, server, request, response)
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  server.close = () =>
    new Promise((resolve) => {
      http.closeAllConnections()
      http.close(() => resolve())
    })
  return server
}

/** The page where somebody would type a name and agree: it does both. */
async function enter(
  provider: Provider,
  { who }: OidcServer,
  ...[request, response]: Parameters<Provider['interactionDetails']>
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const grant = new provider.Grant({ accountId: who.sub, clientId: client.id })
  grant.addOIDCScope(String(params['scope']))
  const result = { login: { accountId: who.sub }, consent: { grantId: await grant.save() } }
  await provider.interactionFinished(request, response, result)
}

/** Follows the provider's redirects with its cookies, until they lead back: that address. */
export async function throughProvider(start: string, back: string): Promise<string> {
  const cookies = new Map<string, string>()
  let address = start
  for (let hops = 0; hops < 10 && !address.startsWith(back); hops++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } })
    for (const sent of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(sent) ?? []
      cookies.set(name, value)
    }
    const next = response.headers.get('location')
    if (!next) throw new Error(`the provider stays at ${address}: ${await response.text()}`)
    address = new URL(next, address).href
  }
  return address
}
