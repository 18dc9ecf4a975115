import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Photo } from 'api/photo/contract'
import { type ChangeEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { failureSentence } from '../shell/failure-sentence.ts'
import { instantText } from '../ui/date.ts'
import { type PhotoPlace, photoAddress, photosOf } from './queries.ts'
import type { Taken } from './upload.ts'
import { type Sending, useSending } from './use-sending.ts'
import './photo-strip.css'

interface PhotoStripProps {
  of: PhotoPlace
  /** The day that they are shown of; absent: now. */
  asOf?: string | null
  /** Whether more can be added. */
  editable?: boolean
  /** Takes the picture at once where there is a camera. */
  camera?: boolean
  /** Asked when files are chosen: where the device is. */
  taken?: () => Promise<Taken>
}

const accepted = 'image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx,.ofd'

/** Photos and files of one place with their receipts; those on their way with their progress. */
export function PhotoStrip({
  of,
  asOf = null,
  editable = false,
  camera = false,
  taken,
}: PhotoStripProps) {
  const { t } = useTranslation(['photo'])
  const id = useId()
  const photos = useQuery(photosOf(of, asOf)).data ?? []
  const sending = useSending(of)
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    target.value = ''
    sending.add(files, await taken?.())
  }
  if (!editable && photos.length === 0) return null
  return (
    <div className="photo-strip">
      <ul className="photo-list">
        {photos.map((photo) => (
          <li key={photo.id}>
            <Kept photo={photo} of={of} />
          </li>
        ))}
        {sending.waiting.map((one) => (
          <li key={one.key}>
            <OnItsWay one={one} onAgain={sending.again} onDrop={sending.drop} />
          </li>
        ))}
      </ul>
      {editable && (
        <label className="button button-small photo-add" htmlFor={id}>
          {t(camera ? 'photo:take' : 'photo:add')}
          <input
            id={id}
            className="visually-hidden"
            type="file"
            multiple={!camera}
            accept={camera ? 'image/*' : accepted}
            {...(camera ? { capture: 'environment' as const } : {})}
            onChange={(event) => void choose(event)}
          />
        </label>
      )}
    </div>
  )
}

function Kept({ photo, of }: { photo: Photo; of: PhotoPlace }) {
  const { t } = useTranslation(['photo'])
  const client = useQueryClient()
  const withdraw = async () => {
    await parseResponse(api.photo[':id'].$delete({ param: { id: String(photo.id) } }))
    await client.invalidateQueries({ queryKey: photosOf(of).queryKey })
  }
  return (
    <figure className="photo" data-record="photo">
      <a href={photoAddress(photo.id, 'full')} target="_blank" rel="noreferrer">
        {photo.kind === 'photo' ? (
          <img src={photoAddress(photo.id, 'small')} alt={photo.name} loading="lazy" />
        ) : (
          <span className="photo-file">{photo.name.split('.').at(-1)?.toUpperCase()}</span>
        )}
      </a>
      <figcaption>
        <span className="photo-name" title={photo.name}>
          {photo.name}
        </span>
        {photo.takenAt && <span>{t('photo:taken', { time: instantText(photo.takenAt) })}</span>}
        <span className="figure" title={photo.sha256}>
          {t('photo:receipt', { hash: photo.sha256.slice(0, 10) })}
        </span>
        {photo.elsewhere > 0 && (
          <span className="photo-flag">{t('photo:elsewhere', { count: photo.elsewhere })}</span>
        )}
        {photo.rowId === null && (
          <button
            type="button"
            className="link-button"
            aria-label={t('photo:withdrawOf', { name: photo.name })}
            onClick={() => void withdraw()}
          >
            {t('photo:withdraw')}
          </button>
        )}
      </figcaption>
    </figure>
  )
}

interface OnItsWayProps {
  one: Sending
  onAgain: (one: Sending) => Promise<void>
  onDrop: (key: string) => void
}

function OnItsWay({ one, onAgain, onDrop }: OnItsWayProps) {
  const { t } = useTranslation(['photo', 'shell'])
  return (
    <div className="photo photo-sending" role="status">
      <span className="photo-name" title={one.file.name}>
        {one.file.name}
      </span>
      {one.failure ? (
        <>
          <span className="photo-flag">{failureSentence(t, one.failure)}</span>
          <span className="photo-choice">
            <button type="button" className="link-button" onClick={() => void onAgain(one)}>
              {t('photo:again')}
            </button>
            <button type="button" className="link-button" onClick={() => onDrop(one.key)}>
              {t('photo:drop')}
            </button>
          </span>
        </>
      ) : (
        <progress
          value={one.share}
          max={1}
          aria-label={t('photo:progress', { name: one.file.name })}
        />
      )}
    </div>
  )
}
