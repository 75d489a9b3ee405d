-- What programs keep between their runs, each under its own token: cursors, settings of channels, mutes.
create table token_values (
  token_id uuid not null references service_tokens on delete cascade,
  key text not null,
  value jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (token_id, key)
);
