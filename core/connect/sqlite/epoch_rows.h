// Rows of a sink that wait for a checkpoint, and the file's record of those before them.
//
//   _rill_sinks         the newest epoch of each sink that is in its table; `forgotten`: the changes of
//                       epochs up to it are not known any more
//   _rill_sink_epochs   which rows of the table, by their row ids, an epoch has added
//   _rill_sink_rows     rows that wait: batches as StateWriter writes them, so that any columns fit
//   _rill_row_ids       one row whose id VACUUM changes: whether row ids are unchanged
#pragma once
#include <SQLiteCpp/Database.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// The rows that one epoch has added to a table: from `first` to `last`, without gaps.
struct RowIds {
    std::int64_t first = 0, last = -1;
    bool known = true;  ///< false: rows were added that can't be told so
    void add(std::int64_t id);
    bool any() const { return !known || last >= first; }
};

/// So many of the newest epochs are told apart by their added rows; no run resumes from older ones.
inline constexpr Epoch kEpochsRemembered = 200'000;

/// add(), seal() and spill() are for the sink's calls, which come one at a time; the others for a transaction
/// of the session. They may be called at the same time. Those with a database throw SQLite::Exception.
class EpochRows {
 public:
    /// `name`: of the sink, in no other lineage. `table`: that it writes.
    EpochRows(std::string name, std::string table) : m_name(std::move(name)), m_table(std::move(table)) {}

    /// Once a VACUUM has given rows other ids, the rows that epochs have added are not known any more.
    static void makeTables(SQLite::Database& database);
    /// A table is made again: no sink resumes with the rows that it wrote into the old one, but for `except`.
    static void forgetTable(SQLite::Database& database, const std::string& table,
                            const std::string& except = {});

    const std::string& name() const { return m_name; }
    /// The changes of sink `name` to its table until now are not known any more.
    static void forgetEpochs(SQLite::Database& database, const std::string& name);
    /// No run of this lineage (MakeContext::checkpoints) is resumed any more: removes the records of its sinks
    /// in this file.
    static void forgetLineage(SQLite::Database& database, const std::string& lineage);

    /// Before anything else: the sink goes on under the name of an earlier run, behind epoch `prepared`.
    void goOn(std::string name, Epoch prepared);

    void add(const Batch& batch);
    bool any() const { return !m_open.empty(); }
    bool large() const { return m_openBytes >= kMostInMemory; }
    /// Into the file with those rows that were added, and the name of the sink, so that it is known there.
    void spill(SQLite::Database& database);
    bool introduced() const { return m_introduced; }
    /// The rows added so far are epoch `epoch`.
    void seal(Epoch epoch);
    Epoch prepared() const { return m_prepared; }
    /// Of those that are sealed and not dropped, wherever they are.
    std::uint64_t waitingBatches() const;
    /// Those in the file of epochs up to `upTo`.
    std::uint64_t waitingInFile(SQLite::Database& database, Epoch upTo) const;

    struct Known {
        bool any = false;      ///< the file knows the sink
        Epoch epoch = 0;       ///< the newest that is in place; 0: none is
        bool swapped = false;  ///< the staged table has replaced the old one
        Epoch forgotten = 0;   ///< the changes of epochs up to this one are not known
    };
    Known known(SQLite::Database& database) const;
    /// The waiting rows of epochs up to `upTo`, in the order in which they came.
    Status forEach(SQLite::Database& database, Epoch upTo,
                   const std::function<Status(const Batch&)>& body) const;
    /// The changes of epochs up to this one are not known any more.
    void forgetUpTo(SQLite::Database& database, Epoch epoch) const;
    /// They are in the table.
    void remember(SQLite::Database& database, Epoch epoch, const RowIds& ids);
    void rememberSwap(SQLite::Database& database, bool swapped);
    /// The rows that epochs beyond `epoch` have added, the newest first.
    std::vector<RowIds> addedAfter(SQLite::Database& database, Epoch epoch) const;
    /// Nothing beyond `epoch` is in place or waits.
    void forgetAfter(SQLite::Database& database, Epoch epoch);
    /// A run without a checkpoint begins: rows that a sink of the same name has added are not its own.
    void beginAnew(SQLite::Database& database) const;
    /// Nothing of the sink is left.
    void forget(SQLite::Database& database) const;
    /// The transaction with those up to `epoch` was committed.
    void drop(Epoch epoch);

 private:
    static constexpr std::size_t kMostInMemory = std::size_t{16} << 20;  ///< bytes
    struct Sealed {
        Epoch epoch = 0;
        std::shared_ptr<const std::vector<std::string>> batches{};
        std::uint64_t count = 0;  ///< of its batches, with those in the file
    };
    Status forEachSpilled(SQLite::Database& database, Epoch after, Epoch upTo,
                          const std::function<Status(const Batch&)>& body) const;

    std::string m_name;
    const std::string m_table;
    std::vector<std::string> m_open;  ///< batches of the epoch that goes on
    std::size_t m_openBytes = 0;
    std::uint64_t m_openCount = 0;  ///< batches of that epoch, with those in the file
    Epoch m_prepared = 0;           ///< newest that was sealed
    bool m_introduced = false;
    mutable std::mutex m_mutex;  ///< guards the members below
    std::deque<Sealed> m_sealed;
};

}  // namespace rw
