-- Several counties have a park of one name, several cities a district (市中区): a park's name is its
-- unit's own, a unit's name that of its level below the unit above.
alter table park drop constraint park_name_key;
alter table park add unique (unit_id, name);
alter table unit drop constraint unit_name_key;
create unique index unit_place on unit (name, level, coalesce(parent_id, 0));
