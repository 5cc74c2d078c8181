// A run that writes a table once a checkpoint, as far as its sink goes.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/sqlite/writer.h"
#include "tests/support/batch_of.h"

namespace rw::test {

inline const SchemaRef kNumbers =
    schemaOf({{"n", Type::of(TypeId::Bigint)}, {"s", Type::of(TypeId::String)}});

class EpochFiles {
 public:
    std::string path() const { return m_folder.filePath(QStringLiteral("out.sqlite")).toStdString(); }

 private:
    QTemporaryDir m_folder;
};

inline Batch numbers(std::int64_t first, std::int64_t last, const std::string& text = "x") {
    std::vector<std::vector<Value>> rows;
    for (std::int64_t n = first; n <= last; ++n) rows.push_back({n, text});
    return batchOf(kNumbers, rows);
}

/// “1 2 3”, sorted; “none”: there is no table.
inline QString found(const std::string& path, const std::string& table = "t",
                     const std::string& column = "n") {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    if (!database.tableExists(table)) return QStringLiteral("none");
    SQLite::Statement query(database, "SELECT " + column + " FROM " + table + " ORDER BY n");
    QStringList all;
    while (query.executeStep()) all << QString::fromStdString(query.getColumn(0).getString());
    return all.join(QLatin1Char(' '));
}

/// Where the checkpoints lie, in the sinks' file.
class Keeper final : public SqliteParticipant {
 public:
    Keeper(const std::string& path, const MakeContext& context)
        : m_session(SqliteSession::of(context, path)) {
        m_session->keepCheckpoints();
        m_joined = m_session->join(*this, [](SQLite::Database&) { return Status(); });
    }
    ~Keeper() override { m_session->leave(*this); }
    void forget() override {}
    Status joined() const { return m_joined; }
    Status decide(Epoch epoch) { return m_session->commitEpoch(*this, epoch); }

 private:
    const std::shared_ptr<SqliteSession> m_session;
    Status m_joined;
};

/// A run, as far as its sink is concerned: its uncommitted rows die with it.
class Sinking {
 public:
    explicit Sinking(const std::string& path, SqliteTarget::Mode mode = SqliteTarget::Mode::Append,
                     bool bounded = false, const std::string& line = "line")
        : Sinking(targetOf(path, mode), bounded, line) {}
    explicit Sinking(const SqliteTarget& target, bool bounded = false, const std::string& line = "line") {
        m_context.clock = systemClock();
        m_context.node = "out";
        m_context.bounded = bounded;
        m_context.checkpoints = line;
        m_writer = std::make_unique<SqliteWriter>(target, m_context);
    }
    static SqliteTarget targetOf(const std::string& path, SqliteTarget::Mode mode) {
        SqliteTarget target{path, "t", mode, kNumbers, {}};
        if (mode == SqliteTarget::Mode::Upsert) target.key = {0};
        return target;
    }
    /// Resumes from the state that a sink wrote at a barrier.
    Status open(const std::string& from = {}) {
        if (!from.empty()) {
            RW_TRY_ASSIGN(const StateReader state, StateReader::open(from));
            RW_TRY(m_writer->restore(state));
        }
        return m_writer->open();
    }
    /// The same, and begins: rows behind it are taken back.
    Status goOn(const std::string& from) {
        RW_TRY(open(from));
        return m_writer->commit(0);  // nothing to be put in place
    }
    /// Its state for its checkpoint.
    std::string prepared(Epoch epoch) {
        if (!m_writer->prepare(epoch).ok()) return {};
        StateWriter out;
        m_writer->snapshot(out);
        return out.finish();
    }
    /// Writes rows as an epoch and puts it in place; its state for its checkpoint.
    std::string epoch(Epoch number, const Batch& rows) {
        if (!m_writer->write(rows).ok()) return {};
        std::string state = prepared(number);
        return m_writer->commit(number).ok() ? state : std::string();
    }
    SqliteWriter& writer() { return *m_writer; }
    const MakeContext& context() const { return m_context; }

 private:
    MakeContext m_context;
    std::unique_ptr<SqliteWriter> m_writer;
};

inline std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

/// Rows 1 … 2 in epoch 1, 3 … 4 in epoch 2, both in place; the state in checkpoint 1, and in 2 where that is
/// asked for.
inline std::string twoEpochs(const EpochFiles& files, SqliteTarget::Mode mode, bool bounded = false,
                             std::string* second = nullptr) {
    Sinking sinking(files.path(), mode, bounded);
    if (!sinking.open().ok()) return {};
    std::string first = sinking.epoch(1, numbers(1, 2));
    const std::string newest = sinking.epoch(2, numbers(3, 4));
    if (second != nullptr) *second = newest;
    return newest.empty() ? std::string() : first;
}

/// Rows 1 … 2 of a run that was killed when its first checkpoint was whole: they wait to be put in place.
/// The state in it.
inline std::string killedBeforeCommit(const EpochFiles& files) {
    Sinking killed(files.path());
    if (!killed.open().ok() || !killed.writer().write(numbers(1, 2)).ok()) return {};
    return killed.prepared(1);
}

inline void execIn(const EpochFiles& files, const char* sql) {
    SQLite::Database(files.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

/// The table as it was before the run.
inline void makeOld(const EpochFiles& files) {
    execIn(files, "CREATE TABLE t (n BIGINT, s TEXT); INSERT INTO t VALUES (0, 'old')");
}

}  // namespace rw::test
