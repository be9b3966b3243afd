-- One row an election. `id` has no meaning outside this database.
CREATE TABLE IF NOT EXISTS ledgers (
  id     INT UNSIGNED NOT NULL AUTO_INCREMENT,
  uuid   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  origin VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uuid (uuid)
) ENGINE=InnoDB;
