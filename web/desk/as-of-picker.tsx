import { theme as antd, ConfigProvider, DatePicker } from 'antd'
import en from 'antd/locale/en_US.js'
import zh from 'antd/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { useTranslation } from 'react-i18next'
import type { Theme } from '../map/palette.ts'

interface AsOfPickerProps {
  today: string
  /** The first day that anything is known of. */
  since: string
  asOf: string | null
  theme: Theme
  onAsOf: (day: string | null) => void
}

/** Chooses the day whose end the whole desk shows; empty = now. Only days that have been. */
export default function AsOfPicker({ today, since, asOf, theme, onAsOf }: AsOfPickerProps) {
  const { t, i18n } = useTranslation(['desk'])
  const chinese = i18n.language === 'zh'
  const ends = [
    { key: 'desk:asOfLastMonth', day: dayjs(today).startOf('month').subtract(1, 'day') },
    { key: 'desk:asOfLastQuarter', day: startOfQuarter(today).subtract(1, 'day') },
  ] as const
  const presets = ends
    .filter(({ day }) => !day.isBefore(since))
    .map(({ key, day }) => ({ label: t(key, { date: day.format('MM-DD') }), value: day }))
  return (
    <ConfigProvider
      locale={chinese ? zh : en}
      theme={{
        algorithm: theme === 'night' ? antd.darkAlgorithm : antd.defaultAlgorithm,
        token: tokens[theme],
      }}
    >
      <DatePicker
        className="as-of-picker"
        aria-label={t('desk:asOf')}
        value={asOf === null ? null : dayjs(asOf)}
        placeholder={t('desk:asOfNow', { date: today })}
        format="YYYY-MM-DD"
        defaultPickerValue={dayjs(asOf ?? today)}
        presets={presets}
        getPopupContainer={(field) => field.parentElement ?? document.body}
        minDate={dayjs(since)}
        maxDate={dayjs(today)}
        showNow={false}
        onChange={(day) => {
          const chosen = day?.format('YYYY-MM-DD') ?? null
          onAsOf(chosen === today ? null : chosen)
        }}
      />
    </ConfigProvider>
  )
}

const startOfQuarter = (today: string) => {
  const month = dayjs(today).startOf('month')
  return month.subtract(month.month() % 3, 'month')
}

/** Colours and popup change at once, as everywhere on the desk: motionUnit is the step of all durations. */
const shared = {
  borderRadius: 6,
  fontFamily: 'inherit',
  motion: false,
  motionBase: 0,
  motionUnit: 0,
}
/** The same values as the tokens of the page: antd computes with colours and cannot read variables. */
const tokens = {
  day: {
    ...shared,
    colorPrimary: '#1d5fd1',
    colorText: '#14202e',
    colorTextPlaceholder: '#52627a',
    colorTextDisabled: '#52627a',
    colorBorder: '#b9c4d2',
  },
  night: {
    ...shared,
    colorPrimary: '#6ea8ff',
    colorText: '#e8eef7',
    colorTextPlaceholder: '#a9b8cd',
    colorTextDisabled: '#a9b8cd',
    colorBorder: '#3a4c69',
    colorBgContainer: '#111a29',
    colorBgElevated: '#172234',
  },
}
