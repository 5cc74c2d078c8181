// The connection through which all sinks of a run write one SQLite file.
#pragma once
#include <SQLiteCpp/Database.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/base/status.h"
#include "core/base/time.h"
#include "core/stream/sink.h"

namespace rw {

/// A table that a sink of the run writes through the session, or other data that is written with it.
class SqliteParticipant {
 public:
    virtual ~SqliteParticipant() = default;
    /// The connection is about to be closed: drop its statements.
    virtual void forget() = 0;
    /// With checkpoints, in a transaction that may yet fail: the run begins, and the rows that the one before
    /// has left in the file become those of its checkpoint. Nothing where that was done. May throw
    /// SQLite::Exception.
    virtual Status takeOver(SQLite::Database&) { return {}; }
    /// That transaction was committed.
    virtual void tookOver() {}
    /// The same for the rows that wait of the epochs up to this one: puts them into the table. Nothing where
    /// they are in place. May throw SQLite::Exception.
    virtual Status applyEpoch(SQLite::Database&, Epoch) { return {}; }
    /// That transaction was committed.
    virtual void committed(Epoch) {}
    /// The file is about to be closed: if the run has ended well, removes records that no run needs any more.
    /// May throw SQLite::Exception.
    virtual void tidy(SQLite::Database&) {}

    NodeId node;                          ///< the sink's, for errors
    std::string table;                    ///< as it will be called
    bool staged = false;                  ///< its rows lie in the staging table until the end of the run
    bool stagingMade = false;             ///< by this run, which has begun; before, it may be another's
    std::atomic<std::uint64_t> saved{0};  ///< rows in transactions that were committed; any thread
    std::uint64_t pending = 0;            ///< rows in the open one
    bool prepared = false;
};

/// A flag by which the checkpoints of a run tell the sinks in all of its files that savepoints are left.
struct SavepointsLeft {
    std::atomic<bool> any{false};
};

/// SQLite lets one connection write at a time, and changes several tables at once only for one connection: so
/// there is one for all sinks of a run, with one transaction for all their rows. It is committed after
/// kRowsPerTransaction rows, after kMillisPerTransaction, or by flush(). Readers see whole transactions
/// (WAL).
///
/// Safe from any thread. Its mutex is held for a batch of rows or a commit; while another program holds the
/// file, for kSqliteWaitMillis at most, or half a second when the run is being stopped. After an error the
/// open transaction is rolled back and every call gives that error, said to be of the node that met it.
///
/// With checkpoints (MakeContext::checkpoints) rows wait with the members, and commitEpoch() writes those of
/// all at once: SQLite's lock, which keeps all other writers off, is held for as long as that takes, never
/// for the time between two checkpoints. Commits then outlive a loss of power (synchronous FULL).
class SqliteSession {
 public:
    static constexpr std::uint64_t kRowsPerTransaction = 50'000;
    static constexpr std::int64_t kMillisPerTransaction = 500;

    /// The session of the context's run for the file at `path`, however it is spelt.
    static std::shared_ptr<SqliteSession> of(const MakeContext& context, const std::string& path);

    SqliteSession(std::string path, const MakeContext& context, std::shared_ptr<SavepointsLeft> savepoints);
    ~SqliteSession();

    /// May throw SQLite::Exception.
    using Work = std::function<Status(SQLite::Database&)>;

    /// Opens the file where no sink has yet, and does `look` in a transaction that is rolled back, so that the
    /// file stays as it is.
    Status join(SqliteParticipant& member, const Work& look);
    void leave(SqliteParticipant& member);
    /// Does a bounded piece of work in the open transaction; begins one where there is none. Count rows in
    /// member.pending.
    Status write(const SqliteParticipant& member, const Work& work);
    Status flush(const SqliteParticipant& member);  ///< commits the open transaction, if any

    // With checkpoints
    /// The checkpoints of the run lie in this file. Before the sinks are opened.
    void keepCheckpoints() { m_keepsCheckpoints = true; }
    /// There are savepoints that can be resumed though the run has ended well: in none of its files
    /// members tidy up (SqliteParticipant::tidy).
    void keepSavepoints() { m_savepoints->any = true; }
    /// Sinks need write nothing down before the checkpoint is: its transaction is theirs.
    bool keepsCheckpoints() const { return m_keepsCheckpoints; }
    /// SqliteParticipant::takeOver() of all members, then `also`, in one transaction: all of it, or nothing.
    Status begin(const SqliteParticipant& asks, const Work& also = {});
    /// SqliteParticipant::applyEpoch() of all members, then `also`, in one transaction.
    Status commitEpoch(const SqliteParticipant& asks, Epoch epoch, const Work& also = {});
    /// After an error, where only `member` writes the file: closes it, opens it again and does `work` in a
    /// transaction of its own. With sinks the error stays: their rows in the failed transaction are lost.
    Status tryAgain(SqliteParticipant& member, const Work& work);
    /// Does `work` in a transaction of its own.
    Status writeAtOnce(const SqliteParticipant& member, const Work& work);

    /// The end of the run, as the sink contract has it. When the last member is prepared, staged tables take
    /// the places of those they replace, in a transaction that commit() ends. All but prepare() may be called
    /// by every member, the first call counts. abort() commits rows that are not staged.
    Status prepare(SqliteParticipant& member);
    Status commit(const SqliteParticipant& member);
    void abort();
    void close();  ///< after commit() or abort(): closes the file, which may take long

    /// Notes since the last call: the file was removed and made again.
    std::vector<Text> takeNotes();

 private:
    template <class Body>
    Status guarded(const SqliteParticipant& member, Body&& body);
    Status inTransaction(const Work& work);
    Status connect();
    void disconnect();
    void beginTransaction();
    void end();
    Status findFile();
    void swap();
    void dropStaged();
    void tidy();
    static int waitForOthers(void* session, int count);

    const std::string m_path;
    const bool m_bounded, m_checkpoints;
    const std::shared_ptr<OutputFiles> m_files;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    const std::shared_ptr<SavepointsLeft> m_savepoints;

    std::atomic<bool> m_keepsCheckpoints{false};
    std::mutex m_mutex;  ///< guards the members below
    std::vector<SqliteParticipant*> m_members;
    DatabaseFile m_file;  ///< held as long as it is open
    std::unique_ptr<SQLite::Database> m_database;
    bool m_open = false;     ///< a transaction is open
    bool m_swapped = false;  ///< … in which the staged tables took their places
    bool m_over = false;     ///< committed or aborted
    bool m_opening = false;  ///< no transaction has begun since connect()
    Status m_error;
    std::int64_t m_began = 0;
    std::int64_t m_waitingSince = 0;          ///< steady milliseconds
    std::optional<std::int64_t> m_stoppedAt;  ///< the same

    std::mutex m_notesMutex;  ///< guards the notes: takeNotes() does not wait for a large checkpoint
    std::vector<Text> m_notes;
};

}  // namespace rw
