// Pipelines that count into files and tables, and a look at their content.
#pragma once
#include <QByteArray>
#include <QByteArrayList>

#include "tests/cli/program_fixture.h"
#include "tests/support/patience.h"

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

/// A pipeline t.rill that writes out.csv and x.db, and their content.
class SinkFixture : public ProgramFixture {
 public:
    /// Writes the pipeline.
    void pipeline(const QByteArrayList& nodes, const QByteArrayList& wires,
                  const QString& name = QStringLiteral("t.rill")) const;
    Ended runIt(const QStringList& words = {}) const;
    std::unique_ptr<QProcess> beginIt(const QStringList& words = {}) const;

    /// The output of an earlier run: “old” in out.csv, -1 in table t.
    void writeOld() const;
    /// That stands there, and nothing else of a run.
    bool isOld() const;
    /// The names of all files, those that are being written too.
    QStringList files() const;
    /// Whether the file comes to have so many bytes.
    bool comes(const QString& name, qint64 bytes = 1) const;
};

class Database {
 public:
    explicit Database(const ProgramFixture& fixture, const QString& name = QStringLiteral("x.db"));
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    bool exec(const char* sql);
    /// The first cell of the answer; “error …” where there is none.
    QByteArray query(const char* sql);

 private:
    sqlite3* m_handle = nullptr;
};

}  // namespace rw::testing
