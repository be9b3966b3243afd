-- Projection: every accepted ballot, in order. Made again from the entries at any time.
CREATE TABLE IF NOT EXISTS bulletin_board (
  ledger_id   INT UNSIGNED    NOT NULL,
  seq         BIGINT UNSIGNED NOT NULL,
  time        BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  tracker     BINARY(32)      NOT NULL,
  credential  BINARY(32)      NOT NULL,
  replaced_by BIGINT UNSIGNED NULL,      -- the credential's next ballot
  PRIMARY KEY (ledger_id, seq),
  KEY tracker (ledger_id, tracker)
) ENGINE=InnoDB;
