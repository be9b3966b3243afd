-- Projection: the public credentials that have a ballot. As public as the ledger.
CREATE TABLE IF NOT EXISTS live_tally_voters (
  ledger_id  INT UNSIGNED NOT NULL,
  credential BINARY(32)   NOT NULL,
  PRIMARY KEY (ledger_id, credential)
) ENGINE=InnoDB;
