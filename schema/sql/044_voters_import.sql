-- With which import a row came: roll_imports.first. NULL in rows older than this column, all of them settled.
ALTER TABLE voters
  ADD COLUMN IF NOT EXISTS import BINARY(32) NULL;
