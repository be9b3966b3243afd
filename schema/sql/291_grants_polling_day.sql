-- As for the other projections: what is derived may be thrown away.
GRANT SELECT, INSERT, UPDATE, DELETE ON activity        TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance      TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_voters  TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_ledgers TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_paces   TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON turnout_alerts  TO 'suara_service'@'localhost';
