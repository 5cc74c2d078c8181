#include "tests/cli/sink_fixture.h"

#include <sqlite3.h>

#include <QDir>
#include <QtTest/QtTest>

namespace rw::testing {

QByteArray numbers(int rows, int rate) {
    return R"({ "id": "numbers", "type": "generator", "params": { "rows": )" + QByteArray::number(rows) +
           R"(, "rate": )" + QByteArray::number(rate) + R"(, "columns": ["n BIGINT = i"] } })";
}

QByteArray csv(const QByteArray& path, const QByteArray& id) {
    return R"({ "id": ")" + id + R"(", "type": "csv_sink", "params": { "path": ")" + path + R"(" } })";
}

QByteArray table(const QByteArray& id, const QByteArray& name, const QByteArray& mode,
                 const QByteArray& database) {
    return R"({ "id": ")" + id + R"(", "type": "sqlite_sink", "params": { "database": ")" + database +
           R"(", "table": ")" + name + R"(", "mode": ")" + mode + R"(" } })";
}

QByteArray failsAt(int number) {
    return R"({ "id": "fails", "type": "filter", "params": { "on_error": "fail",
        "condition": "1 / (n - )" +
           QByteArray::number(number) + R"() IS NOT NULL" } })";
}

QByteArray wire(const QByteArray& from, const QByteArray& to) {
    return R"({ "from": ")" + from + R"(", "to": ")" + to + R"(" })";
}

void SinkFixture::pipeline(const QByteArrayList& nodes, const QByteArrayList& wires,
                           const QString& name) const {
    write(name, R"({ "rill": 1, "name": "t", "nodes": [)" + nodes.join(',') + R"(], "wires": [)" +
                    wires.join(',') + "] }");
}

Ended SinkFixture::runIt(const QStringList& words) const {
    return run(QStringList{QStringLiteral("run"), QStringLiteral("t.rill")} + words);
}

std::unique_ptr<QProcess> SinkFixture::beginIt(const QStringList& words) const {
    return begin(QStringList{QStringLiteral("run"), QStringLiteral("t.rill")} + words);
}

void SinkFixture::writeOld() const {
    write(QStringLiteral("out.csv"), "old\n");
    if (!Database(*this).exec("CREATE TABLE t(n INTEGER); INSERT INTO t VALUES (-1)"))
        qFatal("x.db can't be written");
}

bool SinkFixture::isOld() const {
    Database database(*this);
    return read(QStringLiteral("out.csv")) == "old\n" &&
           !files().contains(QStringLiteral(".out.csv.rill-new")) &&
           database.query("SELECT group_concat(n) FROM t") == "-1" &&
           database.query("SELECT COUNT(*) FROM sqlite_master") == "1";
}

QStringList SinkFixture::files() const {
    return QDir(path(QStringLiteral("."))).entryList(QDir::Files | QDir::Hidden);
}

bool SinkFixture::comes(const QString& name, qint64 bytes) const {
    return QTest::qWaitFor([&] { return QFileInfo(path(name)).size() >= bytes; }, 20'000);
}

Database::Database(const ProgramFixture& fixture, const QString& name) {
    sqlite3_open(qPrintable(fixture.path(name)), &m_handle);
    sqlite3_busy_timeout(m_handle, 2000);
}

Database::~Database() {
    sqlite3_close(m_handle);
}

bool Database::exec(const char* sql) {
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

QByteArray Database::query(const char* sql) {
    QByteArray answer;
    char* error = nullptr;
    sqlite3_exec(
        m_handle, sql,
        [](void* into, int, char** cells, char**) {
            *static_cast<QByteArray*>(into) = cells[0];
            return 0;
        },
        &answer, &error);
    if (error) answer = QByteArray("error ") + error;
    if (answer.isNull()) answer = "error no row";
    sqlite3_free(error);
    return answer;
}

}  // namespace rw::testing
