import { useQuery } from '@tanstack/react-query'
import type { ScopeKind } from 'api/person/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { departmentList } from '../department/queries.ts'
import { parkList } from '../park/queries.ts'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { unitList } from '../unit/queries.ts'
import { type GrantRow, givenRoles, roleScopes, withRole } from './grant-row.ts'

interface GrantFieldsProps {
  row: GrantRow
  index: number
  of: (field: string) => string | undefined
  onChange: (patch: Partial<GrantRow>) => void
  onRemove: () => void
}

/** One role, where it holds, from when and until when. */
export function GrantFields({ row, index, of, onChange, onRemove }: GrantFieldsProps) {
  const { t } = useTranslation(['account', 'session'])
  const scopes = roleScopes[row.role]
  const fault = (field: string) => of(`grants.${index}.${field}`)
  return (
    <fieldset className="account-row-fields">
      <legend className="visually-hidden">{t('account:grant.nth', { count: index + 1 })}</legend>
      <Choice
        name={`role-${index}`}
        label={t('account:grant.role')}
        error={fault('role')}
        value={row.role}
        onChoose={(value) => {
          const role = givenRoles.find((one) => one === value)
          if (role) onChange(withRole(row, role))
        }}
      >
        {givenRoles.map((role) => (
          <option key={role} value={role}>
            {t(`session:role.${role}`)}
          </option>
        ))}
      </Choice>
      <Choice
        name={`scope-${index}`}
        label={t('account:grant.scope')}
        error={fault('scope')}
        value={row.scope}
        onChoose={(value) => {
          const scope = scopes.find((one) => one === value)
          if (scope) onChange({ scope, target: '' })
        }}
      >
        {(scopes.includes(row.scope) ? scopes : [row.scope, ...scopes]).map((scope) => (
          <option key={scope} value={scope}>
            {t(`session:scope.${scope}`)}
          </option>
        ))}
      </Choice>
      <Target
        row={row}
        name={`target-${index}`}
        error={of(`target-${index}`) ?? fault(targetField[row.scope] ?? 'scope')}
        onChange={onChange}
      />
      <Days row={row} index={index} of={of} onChange={onChange} />
      <button type="button" className="button account-remove" onClick={onRemove}>
        {t('account:remove')}
      </button>
    </fieldset>
  )
}

const targetField: Partial<Record<ScopeKind, string>> = {
  unit: 'unitId',
  park: 'parkId',
  department: 'departmentId',
}

function Days({ row, index, of, onChange }: Omit<GrantFieldsProps, 'onRemove'>) {
  const { t } = useTranslation(['account'])
  return (
    <>
      <TextField
        name={`from-${index}`}
        label={t('account:from')}
        type="date"
        required
        error={of(`from-${index}`) ?? of(`grants.${index}.validFrom`)}
        value={row.validFrom}
        onText={(validFrom) => onChange({ validFrom })}
      />
      <TextField
        name={`to-${index}`}
        label={t('account:to')}
        type="date"
        hint={t('account:grant.openEndHint')}
        error={of(`to-${index}`) ?? of(`grants.${index}.validTo`)}
        value={row.validTo}
        onText={(validTo) => onChange({ validTo })}
      />
    </>
  )
}

interface TargetProps {
  row: GrantRow
  name: string
  error: string | undefined
  onChange: (patch: Partial<GrantRow>) => void
}

/** Which unit, park or department; nothing to choose for the city and for own projects. */
function Target({ row, name, error, onChange }: TargetProps) {
  const { t } = useTranslation(['account', 'session'])
  const { scope } = row
  const units = useQuery({ ...unitList, enabled: scope === 'unit' }).data?.rows
  const parks = useQuery({ ...parkList, enabled: scope === 'park' }).data?.rows
  const departments = useQuery({ ...departmentList, enabled: scope === 'department' }).data?.rows
  if (scope === 'city' || scope === 'own') return null
  const rows = { unit: units, park: parks, department: departments }[scope] ?? []
  return (
    <Choice
      name={name}
      label={t(`session:scope.${scope}`)}
      error={error}
      value={row.target}
      onChoose={(target) => onChange({ target })}
    >
      <option value="" />
      {rows.map((one: { id: number; name: string }) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Choice>
  )
}

function Choice(props: {
  name: string
  label: string
  error: string | undefined
  value: string
  onChoose: (value: string) => void
  children: ReactNode
}) {
  return (
    <FormField label={props.label} error={props.error}>
      {(ids) => (
        <select
          {...ids}
          className="form-input"
          name={props.name}
          required
          value={props.value}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {props.children}
        </select>
      )}
    </FormField>
  )
}
