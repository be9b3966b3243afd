-- Which files of this folder were applied. A file's text may not change once it was.
CREATE TABLE IF NOT EXISTS schema_migrations (
  name       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sha256     BINARY(32)   NOT NULL,
  applied_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (name)
) ENGINE=InnoDB;
