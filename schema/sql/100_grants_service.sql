-- What the service may do. Nothing else: no DDL, and what is recorded it can neither change nor delete.
GRANT SELECT, INSERT         ON ledgers     TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE ON heads       TO 'suara_service'@'localhost';
GRANT SELECT, INSERT         ON entries     TO 'suara_service'@'localhost';
GRANT SELECT, INSERT         ON checkpoints TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON staff                TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_sessions       TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON voters               TO 'suara_service'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON projection_positions TO 'suara_service'@'localhost';
GRANT SELECT ON schema_migrations TO 'suara_service'@'localhost';
