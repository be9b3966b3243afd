-- How the voter gets the code (0 by post, 1 at the polling place), and what searching at one place and counting classes
-- need at 400,000 voters. A text inside names is looked for by reading the roll through, which takes a fifth of a second.
ALTER TABLE voters
  ADD COLUMN IF NOT EXISTS delivery TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD INDEX IF NOT EXISTS voters_place (ledger_id, place, id),
  ADD INDEX IF NOT EXISTS voters_class (ledger_id, class, id);
