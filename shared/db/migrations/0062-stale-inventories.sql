-- When an inventory was reported empty although its character held items; null once more is known. See INV16.
alter table inventories add column stale_at timestamptz;
