GRANT SELECT, INSERT, UPDATE, DELETE ON devices TO 'suara_service'@'localhost';
