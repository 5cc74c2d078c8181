// Writes the rows of a stream into one table of an SQLite file, together with the run's other sinks there.
#pragma once
#include <SQLiteCpp/Statement.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/sqlite/epoch_rows.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/session.h"
#include "core/connect/sqlite/upsert_undo.h"
#include "core/data/batch.h"
#include "core/data/state_reader.h"
#include "core/stream/kept_epochs.h"

namespace rw {

struct SqliteTarget {
    enum class Mode {
        Replace,  ///< the table is made again: at the end of a bounded run, else with the first rows
        Append,
        Upsert  ///< a row replaces the one with its key; deletes remove it
    };
    std::string path, table;
    Mode mode = Mode::Replace;
    SchemaRef schema{};
    std::vector<int> key{};  ///< Upsert: columns of the schema; none: the table has one row at most
};

/// Single-threaded; the calls are those of the sink contract. With checkpoints rows wait until one is taken:
/// in memory where the checkpoint is in the same file, else in the file, under the name of the sink.
class SqliteWriter final : private SqliteParticipant {
 public:
    SqliteWriter(SqliteTarget target, const MakeContext& context);
    /// Gives up rows that were not committed.
    ~SqliteWriter() override;

    /// Opens the file and checks that it can be written, the table takes the rows, no other run has it, and the
    /// run can resume with the rows that the one before has left there. Changes nothing.
    Status open();
    Status write(const Batch& batch);
    Status flush();
    /// Makes the table when no row has come.
    Status prepare(Epoch epoch = 1);
    Status commit(Epoch epoch = 1);
    bool isTransactional() const { return m_epochs != nullptr; }
    void setLast() { m_last = true; }
    void snapshot(StateWriter& out) const;
    Status restore(const StateReader& state);
    void abort();
    /// As Sink has it.
    bool hasVisibleOutput() const { return !staged && saved > 0; }
    void close();
    std::vector<Text> takeNotes();
    std::uint64_t nanCount() const { return m_nans; }

 private:
    void forget() override;
    Status takeOver(SQLite::Database& database) override;
    void tookOver() override { m_tookOver = true; }
    Status applyEpoch(SQLite::Database& database, Epoch epoch) override;
    void committed(Epoch epoch) override;
    void tidy(SQLite::Database& database) override;
    Status look(SQLite::Database& database);
    /// The table as far as rows of the run go into it; of an edited run that goes on, after it got the
    /// columns that it lacks.
    SqliteTable takeTable(SQLite::Database& database);
    Status lookBack(SQLite::Database& database);
    Status takeBack(SQLite::Database& database, const EpochRows::Known& known, Epoch epoch);
    /// How the epochs change the table: changes made in another way can't be taken back.
    std::string way() const;
    Status noneWaitElsewhere(SQLite::Database& database) const;
    Status notAsLeft() const;
    Status isOlder(Epoch epoch) const;
    Status tooFarBack(Epoch epoch) const;
    Status changesAreTold(SQLite::Database& database, Epoch epoch) const;
    void noteUntold(SQLite::Database& database);
    Status putUpsertedBack(SQLite::Database& database, Epoch epoch);
    Status spill();
    void prune(SQLite::Database& database);
    /// The staged table has still to take its place.
    bool swaps() const { return m_last && staged && !m_swapped; }
    void swap(SQLite::Database& database);
    void renameStaged(SQLite::Database& database);
    Status prepareAll();
    void makeTable(SQLite::Database& database);
    void makeStatements(SQLite::Database& database);
    Status writeRow(const Batch& batch, std::size_t row);
    void bindCell(SQLite::Statement& statement, int parameter, std::size_t slot, const Column& column,
                  std::size_t row);
    void removeKey(const Batch& batch, std::size_t row);
    void bindCells(SQLite::Statement& statement, int parameter, const std::vector<int>& columns,
                   const Batch& batch, std::size_t row);
    bool keyHasNull(const Batch& batch, std::size_t row) const;
    bool keyIsRowIdOf(const SqliteTable& found) const;
    void remember(const Batch& batch, std::size_t row);
    Status withSaved(const Status& status) const;
    std::string writtenName() const;   ///< of the table that rows go to now
    std::string writtenTable() const;  ///< the same, quoted
    std::string columnType(const Field& field) const;
    std::vector<std::string> keyNames() const;

    const SqliteTarget m_target;
    const bool m_bounded;
    const std::shared_ptr<SqliteSession> m_session;
    const std::shared_ptr<OutputFiles> m_files;
    std::unique_ptr<OutputClaim> m_claim;
    std::unique_ptr<SQLite::Statement> m_insert, m_remove;
    std::vector<std::string> m_texts;  ///< bytes of bound texts, until the statement has run
    bool m_made = false;               ///< the table was made again, where it had to be
    bool m_keyIsRowId = false;
    bool m_joined = false, m_over = false;
    const std::unique_ptr<EpochRows> m_epochs;  ///< null: the run takes no checkpoints
    std::unique_ptr<UpsertUndo> m_undo;         ///< once open, with checkpoints, of upserts; else null
    std::string m_rowKey;                       ///< of the row that is remembered
    const std::shared_ptr<KeptEpochs> m_kept;
    /// The state of the sink in the checkpoint that the run resumes from.
    struct Left {
        std::string sink{}, table{}, way{};
        Epoch epoch = 0;
        Epoch applied = 0;          ///< the newest in the table when it was taken
        std::uint64_t waiting = 0;  ///< batches of rows behind that
        bool staged = false;        ///< the rows lay in the staging table then
    };
    std::optional<Left> m_restored, m_elsewhere;  ///< into this table, into another one
    std::atomic<Epoch> m_applied{0};               ///< the newest epoch that is in the table
    bool m_goesOn = false;                        ///< the table has rows of the run: it is not made again
    /// The rows that the run before has left are as m_restored says. Set under the mutex of the session, also
    /// by another member.
    std::atomic<bool> m_tookOver{false};
    bool m_last = false, m_swapped = false;
    std::uint64_t m_nans = 0;
    std::vector<Text> m_notes;
};

}  // namespace rw
