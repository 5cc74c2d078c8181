// Pipelines that count into files and tables, and a look at what stands in those.
#pragma once
#include <QByteArray>
#include <QByteArrayList>

#include "tests/cli/workbench.h"

struct sqlite3;

namespace rw::testing {

/// Node “numbers”: so many numbers from 0 in the column n, `rate` a second; 0 rows: without end.
QByteArray numbers(int rows, int rate = 0);
QByteArray csv(const QByteArray& path = "out.csv", const QByteArray& id = "out");
QByteArray table(const QByteArray& id, const QByteArray& name, const QByteArray& mode = "replace",
                 const QByteArray& database = "x.db");
/// Node “fails”: passes everything on and fails the run at this number.
QByteArray failsAt(int number);
QByteArray wire(const QByteArray& from, const QByteArray& to);
QByteArray pipeline(const QByteArrayList& nodes, const QByteArrayList& wires);

class Database {
 public:
    explicit Database(const Workbench& bench, const QString& name = QStringLiteral("x.db"));
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    bool exec(const char* sql);
    /// The first cell of the answer; “error …” where there is none.
    QByteArray ask(const char* sql);

 private:
    sqlite3* m_handle = nullptr;
};

}  // namespace rw::testing
