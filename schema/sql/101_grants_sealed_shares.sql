GRANT SELECT, INSERT, DELETE ON sealed_shares TO 'suara_service'@'localhost';
