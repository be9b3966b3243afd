-- Projection: which place each public credential belongs to, and whether it has a ballot. As public as the ledger.
CREATE TABLE IF NOT EXISTS turnout_credentials (
  ledger_id  INT UNSIGNED     NOT NULL,
  credential BINARY(32)       NOT NULL,
  position   INT UNSIGNED     NOT NULL,  -- of the place in turnout_places
  voted      TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (ledger_id, credential)
) ENGINE=InnoDB;
