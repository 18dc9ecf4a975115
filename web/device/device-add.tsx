import type { DeviceLink } from 'api/device/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSendDevice } from './send-device.ts'

/** Two ways to let a wall in: the code that it shows, or a link to open on it. */
export function DeviceAdd() {
  const [link, setLink] = useState<DeviceLink | null>(null)
  const [paired, setPaired] = useState<string | null>(null)
  return (
    <section className="device-add">
      <PairForm
        onPaired={(name) => {
          setPaired(name)
          setLink(null)
        }}
      />
      <LinkForm
        onLink={(made) => {
          setLink(made)
          setPaired(null)
        }}
      />
      <Outcome link={link} paired={paired} />
    </section>
  )
}

function Outcome({ link, paired }: { link: DeviceLink | null; paired: string | null }) {
  const { t } = useTranslation(['device', 'session'])
  return (
    <div role="status" className="device-outcome">
      {paired !== null && <p className="device-once">{t('device:pair.done', { name: paired })}</p>}
      {link && (
        <div className="device-once">
          <p>{t('device:link.done', { name: link.device.name })}</p>
          <code>{link.link}</code>
          <CopyButton text={link.link} word={t('device:link.copy')} done={t('session:copied')} />
        </div>
      )}
    </div>
  )
}

function PairForm({ onPaired }: { onPaired: (name: string) => void }) {
  const { t } = useTranslation(['device'])
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const send = useSendDevice(
    ['code', 'name'],
    (json: { name: string }) =>
      parseResponse(
        api.device.pairing[':code'].$put({ param: { code: code.replaceAll(/\s/g, '') }, json }),
      ),
    () => {
      onPaired(name.trim())
      setCode('')
      setName('')
    },
  )
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ name: name.trim() }))}
    >
      <h2 className="form-field-wide">{t('device:pair.title')}</h2>
      <TextField
        name="code"
        label={t('device:pair.code')}
        hint={t('device:pair.codeHint')}
        error={send.of('code')}
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={9}
        value={code}
        onText={setCode}
      />
      <NameField value={name} error={send.of('name')} onText={setName} />
      <FormFailure failure={send.failure} />
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={send.isPending}>
          {t('device:pair.submit')}
        </button>
      </div>
    </form>
  )
}

function LinkForm({ onLink }: { onLink: (link: DeviceLink) => void }) {
  const { t } = useTranslation(['device'])
  const [name, setName] = useState('')
  const send = useSendDevice(
    ['name'],
    (json: { name: string }) => parseResponse(api.device.$post({ json })),
    (link) => {
      onLink(link)
      setName('')
    },
  )
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ name: name.trim() }))}
    >
      <h2 className="form-field-wide">{t('device:link.title')}</h2>
      <NameField value={name} error={send.of('name')} onText={setName} />
      <p className="device-hint">{t('device:link.what')}</p>
      <FormFailure failure={send.failure} />
      <div className="form-actions">
        <button type="submit" className="button" disabled={send.isPending}>
          {t('device:link.submit')}
        </button>
      </div>
    </form>
  )
}

function NameField(props: {
  value: string
  error: string | undefined
  onText: (text: string) => void
}) {
  const { t } = useTranslation(['device'])
  return (
    <TextField
      name="name"
      label={t('device:name')}
      hint={t('device:nameHint')}
      required
      maxLength={60}
      autoComplete="off"
      {...props}
    />
  )
}
