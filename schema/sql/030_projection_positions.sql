-- How far each projection has folded each ledger; written in the same transaction as the projection's rows.
CREATE TABLE IF NOT EXISTS projection_positions (
  projection VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  ledger_id  INT UNSIGNED    NOT NULL,
  version    INT UNSIGNED    NOT NULL,  -- of the fold; another one means: rebuild from zero
  next_seq   BIGINT UNSIGNED NOT NULL,  -- entries folded
  PRIMARY KEY (projection, ledger_id)
) ENGINE=InnoDB;
