import i18next, { type BackendModule, type ReadCallback } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

const files = import.meta.glob<{ default: object }>('../i18n/*/*.json')

/** Loads one namespace of one language as its own small file, when a screen first asks for it. */
const backend: BackendModule = {
  type: 'backend',
  init: () => {},
  read: (language: string, namespace: string, done: ReadCallback) => {
    const load = files[`../i18n/${language}/${namespace}.json`]
    if (!load) return done(new Error(`no words for ${language}/${namespace}`), false)
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, true),
    )
  },
}

/** Chinese unless the reader chose English (`?lang=en`, kept in this browser). */
export function preferredLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang')
  if (asked !== null) localStorage.setItem('lang', asked)
  return localStorage.getItem('lang') === 'en' ? 'en' : 'zh'
}

/** Changes the language of the whole page and keeps the choice in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem('lang', language)
  await i18next.changeLanguage(language)
  name(language)
}

/** Language and title of the document, for readers and tabs. */
function name(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18next.t('shell:title')
}

/** Keys are always written with their namespace, `t('project:stage.building')`: the check reads them. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage()
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: 'zh',
      ns: ['shell', 'project'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
      returnNull: false,
      showSupportNotice: false,
      react: { useSuspense: true },
    })
  name(language)
}
