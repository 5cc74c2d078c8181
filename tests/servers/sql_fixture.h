// Pipelines that write into a real database, run by the built program, and psql beside it.
#pragma once
#include <QByteArray>
#include <QByteArrayList>
#include <memory>

#include "tests/cli/program_fixture.h"

namespace rw::servers {

/// A folder in which the connection “db” leads to the PostgreSQL of $RILLWRIGHT_POSTGRESQL, or with `kind`
/// “mariadb” to the MariaDB of $RILLWRIGHT_MARIADB; the user and the database are “rill”.
class SqlFixture : public rw::testing::ProgramFixture {
 public:
    /// At another address than the variable's, where one is given; the connection leads there by `wire`, if
    /// that is another one.
    explicit SqlFixture(const QByteArray& kind = "postgresql", const QByteArray& address = {},
                        const QByteArray& wire = {});

    /// A name of a table that no other test has; the table is removed first.
    QByteArray table(const QByteArray& name) const;
    /// What the server's own client prints: cells with tabs between, a row a line.
    QByteArray ask(const QByteArray& statement) const;

    /// NAME.rill: rows of `id BIGINT, name STRING, price DECIMAL(10,2), at TIMESTAMP(3)` into a sql_sink with
    /// these parameters, so many a second (0: as fast as they come).
    void pipeline(const QString& name, const QByteArray& table, const QByteArrayList& params, int rows,
                  int rate = 0) const;
    rw::testing::Ended runIt(const QString& name, const QStringList& words = {}) const;
    std::unique_ptr<QProcess> beginIt(const QString& name, const QStringList& words = {}) const;

 private:
    const QByteArray m_kind, m_address, m_prefix;
};

}  // namespace rw::servers
