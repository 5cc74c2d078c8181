CREATE TABLE products (id BIGINT, name TEXT, price TEXT);
INSERT INTO products VALUES (1, 'pen', '2.50'), (2, 'ink', NULL), (2, 'ink, blue', '4.00');
