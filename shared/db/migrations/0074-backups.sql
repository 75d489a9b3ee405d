-- Backups that were completed, for the metric of the last one. Few rows: the command deletes those of over a year ago.
create table backups (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  rows_stored bigint not null,
  size_bytes bigint not null
);
create index backups_at on backups (at desc);
