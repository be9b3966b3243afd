-- Projection: the entries that the event feed tells, by type; what they say is read from the entries themselves.
CREATE TABLE IF NOT EXISTS activity (
  ledger_id INT UNSIGNED    NOT NULL,
  seq       BIGINT UNSIGNED NOT NULL,
  type      VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  PRIMARY KEY (ledger_id, seq),
  KEY type (ledger_id, type, seq)
) ENGINE=InnoDB;
