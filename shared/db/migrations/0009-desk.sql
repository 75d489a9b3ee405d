-- What people keep for themselves, and the board they share. Only the guild subgraph writes here.

create table layouts (
  user_id uuid not null references users on delete cascade,
  name text not null,
  body jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (user_id, name)
);

create table saved_filters (
  user_id uuid not null references users on delete cascade,
  -- The list it is for, such as `items`.
  list text not null,
  name text not null,
  body jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (user_id, list, name)
);

create table board_notes (
  id bigint generated always as identity primary key,
  title text not null,
  body text not null,
  done boolean not null default false,
  author_kind text not null,
  author_id text not null,
  author_name text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

create table board_comments (
  id bigint generated always as identity primary key,
  note_id bigint not null references board_notes on delete cascade,
  text text not null,
  author_kind text not null,
  author_id text not null,
  author_name text not null,
  created_at timestamptz not null default now()
);
create index on board_comments (note_id, id);
