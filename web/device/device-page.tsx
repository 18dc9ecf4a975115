import { useQuery } from '@tanstack/react-query'
import type { Device } from 'api/device/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { agoText } from '../ui/ago.ts'
import { instantText } from '../ui/date.ts'
import { DeviceAdd } from './device-add.tsx'
import { deviceList } from './queries.ts'
import { useSendDevice } from './send-device.ts'
import { type DeviceState, stateOf } from './state.ts'
import './device.css'

/** The walls of the city: when each was last heard of, how to let one in and shut one out. */
export default function DevicePage() {
  const { t } = useTranslation(['device', 'session'])
  const may = useMay()
  const list = useQuery(deviceList)
  return (
    <div className="device">
      {may('device:write') && <DeviceAdd />}
      {list.error ? (
        <ScreenError error={list.error} reset={() => void list.refetch()} />
      ) : !list.data ? (
        <ScreenLoading />
      ) : list.data.rows.length === 0 ? (
        <Empty title={t('device:none')} hint={t('device:noneHint')} />
      ) : (
        <DeviceTable rows={list.data.rows} now={list.dataUpdatedAt} />
      )}
    </div>
  )
}

const columns = ['name', 'state', 'seen', 'address', 'screen', 'expires'] as const

function DeviceTable({ rows, now }: { rows: Device[]; now: number }) {
  const { t } = useTranslation(['device'])
  return (
    <div className="device-scroll">
      <table className="device-table">
        <caption className="visually-hidden">{t('device:title')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`device:column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('device:column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((device) => (
            <DeviceLine key={device.id} device={device} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DeviceLine({ device, now }: { device: Device; now: number }) {
  const { i18n } = useTranslation(['device'])
  const may = useMay()
  const state = stateOf(device, now)
  const seen = device.lastSeenAt === null ? null : Date.parse(device.lastSeenAt)
  return (
    <tr data-record="device" data-device={device.name} data-state={state}>
      <th scope="row">{device.name}</th>
      <td>
        <StateMark state={state} />
      </td>
      <td className="figure">
        {seen === null ? '—' : agoText(seen, Math.max(now, seen), i18n.language)}
      </td>
      <td className="figure">{device.address ?? '—'}</td>
      <td className="figure" title={device.pageVersion ?? undefined}>
        {device.screen ? `${device.screen.width}×${device.screen.height}` : '—'}
      </td>
      <td className="figure">{instantText(device.revokedAt ?? device.expiresAt).slice(0, 10)}</td>
      <td>
        {may('device:write') && state !== 'revoked' && state !== 'expired' && (
          <Revoke device={device} />
        )}
      </td>
    </tr>
  )
}

function StateMark({ state }: { state: DeviceState }) {
  const { t } = useTranslation(['device'])
  return (
    <span className="device-state" data-state={state}>
      {t(`device:state.${state}`)}
    </span>
  )
}

/** Asked twice: the wall goes dark for everybody in the room. */
function Revoke({ device }: { device: Device }) {
  const { t } = useTranslation(['device', 'session'])
  const [isAsked, setAsked] = useState(false)
  const param = { id: String(device.id) }
  const send = useSendDevice(
    [],
    () => parseResponse(api.device[':id'].$delete({ param })),
    () => setAsked(false),
  )
  if (!isAsked) {
    return (
      <button
        type="button"
        className="link-button"
        aria-label={t('device:revoke.of', { name: device.name })}
        onClick={() => setAsked(true)}
      >
        {t('device:revoke.open')}
      </button>
    )
  }
  return (
    <form className="device-revoke" onSubmit={(event) => send.submit(event, () => ({}))}>
      <span>{t('device:revoke.ask')}</span>
      <button type="submit" className="button" disabled={send.isPending}>
        {t('device:revoke.submit')}
      </button>
      <button type="button" className="button button-quiet" onClick={() => setAsked(false)}>
        {t('session:cancel')}
      </button>
      <FormFailure failure={send.failure} />
    </form>
  )
}
