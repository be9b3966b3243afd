-- Projection: what a supervisor should look at.
CREATE TABLE IF NOT EXISTS turnout_alerts (
  ledger_id INT UNSIGNED     NOT NULL,
  kind      TINYINT UNSIGNED NOT NULL,  -- 1 burst, 2 more votes than attendance, 3 long pause, 4 clock stood still
  position  INT UNSIGNED     NOT NULL,  -- of the place in turnout_places; 4294967295: of no place
  since     BIGINT           NOT NULL,  -- milliseconds since 1970, UTC
  seq       BIGINT UNSIGNED  NOT NULL,  -- of the entry it began with
  figure    BIGINT UNSIGNED  NOT NULL,  -- what was seen
  measure   BIGINT UNSIGNED  NOT NULL,  -- what it is held against
  PRIMARY KEY (ledger_id, kind, position, since)
) ENGINE=InnoDB;
