import type { Sql } from 'api/db/sql'

interface Line {
  kind: number
  owner: string
  text: string
}

/**
 * What the migrations have made, as SQL to read: tables with their columns, constraints, indexes,
 * triggers and functions, in a fixed order. Taken from the catalogue, so that it is the same on
 * every version of PostgreSQL and in the embedded build; PostGIS's own objects are left out.
 */
export async function schemaText(sql: Sql): Promise<string> {
  const lines = await sql<Line[]>`
    with own as (
      select c.oid, c.relname::text as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    )
    select 0 as kind, t.typname::text as owner,
           format('domain %s as %s %s', t.typname, format_type(t.typbasetype, t.typtypmod),
                  string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname)) as text
      from pg_type t join pg_constraint k on k.contypid = t.oid
     where t.typtype = 'd' and t.typnamespace = 'public'::regnamespace group by t.oid
    union all
    select 1, o.name, format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
           case when a.attnotnull then ' not null' else '' end,
           case when a.attidentity <> '' then ' generated always as identity'
                else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end)
      from own o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select 2, o.name, '  ' || pg_get_constraintdef(k.oid)
      from own o join pg_constraint k on k.conrelid = o.oid and k.contype in ('p', 'u', 'f', 'c')
    union all
    select 3, o.name, '  ' || replace(pg_get_indexdef(i.indexrelid), 'public.', '')
      from own o join pg_index i on i.indrelid = o.oid
     where not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    union all
    select 4, o.name, '  ' || replace(pg_get_triggerdef(g.oid), 'public.', '')
      from own o join pg_trigger g on g.tgrelid = o.oid and not g.tgisinternal
    union all
    select 5, p.proname::text, format('%s %s(%s)', case p.prokind when 'p' then 'procedure' else 'function' end,
           p.proname, pg_get_function_identity_arguments(p.oid))
      from pg_proc p where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`
  return render(lines)
}

function render(lines: Line[]): string {
  const sorted = [...lines].sort((a, b) => a.kind - b.kind || compare(a.text, b.text))
  const of = (kind: number) => sorted.filter((line) => line.kind === kind)
  const tables = [...new Set(of(1).map((line) => line.owner))].sort(compare)
  const table = (name: string) => [
    `table ${name}`,
    ...[1, 2, 3, 4].flatMap((kind) =>
      of(kind)
        .filter((line) => line.owner === name)
        .map((line) => line.text),
    ),
    '',
  ]
  return [
    ...of(0).map((line) => line.text),
    '',
    ...tables.flatMap(table),
    ...of(5).map((line) => line.text),
    '',
  ].join('\n')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
