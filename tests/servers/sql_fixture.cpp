#include "tests/servers/sql_fixture.h"

#include <QDir>
#include <QUuid>

namespace rw::servers {

namespace {
const QByteArray kUser = "rill";

QByteArray variableOf(const QByteArray& kind) {
    return kind == "mariadb" ? "RILLWRIGHT_MARIADB" : "RILLWRIGHT_POSTGRESQL";
}
}  // namespace

SqlFixture::SqlFixture(const QByteArray& kind, const QByteArray& address, const QByteArray& wire)
    : m_kind(kind),
      m_address(address.isEmpty() ? qgetenv(variableOf(kind).constData()) : address),
      m_prefix("t" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10) + "_") {
    QDir(path(".config")).mkpath("rillwright");
    write(".config/rillwright/connections.json",
          "{\"connections\": [{\"name\": \"db\", \"kind\": \"" + m_kind + "\", \"fields\": {\"address\": \"" +
              (wire.isEmpty() ? m_address : wire) + "\", \"database\": \"rill\", \"user\": \"" + kUser +
              "\", \"tls\": \"off\"}}]}");
    QFile(path(".config/rillwright/connections.json")).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "db");
}

QByteArray SqlFixture::table(const QByteArray& name) const {
    const QByteArray made = m_prefix + name;
    ask("DROP TABLE IF EXISTS " + made);
    return made;
}

QByteArray SqlFixture::ask(const QByteArray& statement) const {
    const QString host = QString::fromLatin1(m_address).section(u':', 0, 0);
    const QString port = QString::fromLatin1(m_address).section(u':', 1, 1);
    QProcess client;
    if (m_kind == "mariadb") {
        client.start("mariadb", {"--no-defaults", "-h", host, "-P", port, "--protocol=TCP", "-u", "rill",
                                 "-N", "-B", "-e", QString::fromUtf8(statement), "rill"});
    } else {
        client.start("psql", {"-X", "-h", host, "-p", port, "-U", "rill", "-d", "rill", "-A", "-t", "-F",
                              "\t", "-c", QString::fromUtf8(statement)});
    }
    client.waitForFinished(60'000);
    return client.readAllStandardOutput().trimmed();
}

void SqlFixture::pipeline(const QString& name, const QByteArray& table, const QByteArrayList& params,
                          int rows, int rate) const {
    QByteArrayList all{"\"connection\": \"db\"", "\"table\": \"" + table + '"'};
    all += params;
    const QByteArray source =
        "{\"id\": \"src\", \"type\": \"generator\", \"params\": {\"columns\": [\"id BIGINT = i\", \"name "
        "STRING = "
        "CONCAT('n', CAST(i % 1000 AS STRING))\", \"price DECIMAL(10,2) = CAST(i AS DECIMAL(10,2)) / 100\", "
        "\"at "
        "TIMESTAMP(3) = TIMESTAMP '2026-01-01 00:00:00'\"], \"rows\": " +
        QByteArray::number(rows) + ", \"rate\": " + QByteArray::number(rate) + "}}";
    const QByteArray sink = "{\"id\": \"out\", \"type\": \"sql_sink\", \"params\": {" + all.join(", ") + "}}";
    write(name + ".rill", "{ \"rill\": 1, \"name\": \"" + name.toUtf8() + "\", \"nodes\": [" + source +
                              ",\n" + sink + "], \"wires\": [{\"from\": \"src.out\", \"to\": \"out.in\"}] }");
}

rw::testing::Ended SqlFixture::runIt(const QString& name, const QStringList& words) const {
    return run(QStringList{"run", name + ".rill"} + words);
}

std::unique_ptr<QProcess> SqlFixture::beginIt(const QString& name, const QStringList& words) const {
    return begin(QStringList{"run", name + ".rill"} + words);
}

}  // namespace rw::servers
