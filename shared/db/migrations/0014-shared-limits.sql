-- Limits that hold however many processes count them.

-- Tries to sign in, by account and by address; hashed, since neither is anybody's business.
create table sign_in_tries (
  key_hash bytea primary key,
  tries int not null,
  since timestamptz not null
);
create index on sign_in_tries (since);

-- How often somebody may still do something within a minute.
create table paces (
  key text primary key,
  room real not null,
  at timestamptz not null
);
