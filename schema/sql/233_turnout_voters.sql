-- Projection: the place of each voter on the roll, for corrections of the roll; not needed once it is sealed.
CREATE TABLE IF NOT EXISTS turnout_voters (
  ledger_id  INT UNSIGNED NOT NULL,
  commitment BINARY(32)   NOT NULL,
  position   INT UNSIGNED NOT NULL,  -- of the place in turnout_places
  PRIMARY KEY (ledger_id, commitment)
) ENGINE=InnoDB;
