-- When each person last looked at the city, for "what changed since". No fact: without history or news.
create table look (
  person_id bigint primary key references person,
  -- The present look so far.
  last_at   timestamptz not null,
  -- The end of the look before it; null: there was none.
  since     timestamptz check (since <= last_at)
);
alter table look enable row level security;
create policy owner on look using (person_id = (select app_person()));
grant select, insert, update on look to onemap_scoped;

-- A past day reads one plan year of money and reports.
create index investment_history_month on investment_history (month);
create index report_history_month on report_history (month);
