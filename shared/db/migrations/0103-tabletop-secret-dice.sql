-- Secret rolls: each member has dice of their own for them, so that they leave no trace in those of the session.

alter table gm_members add column next_roll_id uuid not null default gen_random_uuid(), add column next_secret text;
