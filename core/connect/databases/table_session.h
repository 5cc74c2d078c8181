// The transaction of rows that one sink, or several of a connection together, have open at a server.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/databases/lock_watch.h"
#include "core/connect/databases/table_writer.h"
#include "core/stream/sink.h"
#include "core/stream/waiting/standing_board.h"

namespace rw {

/// Rows go to the server at once, into a transaction that commit() ends. They are kept until then, as far as
/// memory allows: when the server, or the transaction, is lost, the session connects again, in growing
/// pauses, and gives them once more. A row that the table does not take is looked for, and left out. Where
/// constraints that wait for the commit are broken, the rows are given once more with these checked at once,
/// so that the rows to blame can be told from the others.
///
/// With a marker the transaction carries a number, and after a commit whose answer was lost the server is
/// asked which one it has. Who takes the marker over shuts the one before out.
///
/// Any thread; a call waits for the server, and gives up soon when the run is being stopped.
class TableSession {
 public:
    struct About {
        std::string marker{};  ///< the name of the marker; empty: none
        std::function<bool()> stopping{};
        std::shared_ptr<Clock> clock{};
    };
    /// `client` asks givesUp() of this session: made by `make` with that.
    TableSession(const std::function<std::unique_ptr<DatabaseClient>(std::function<bool()> givesUp)>& make,
                 About about);
    ~TableSession();
    TableSession(const TableSession&) = delete;
    TableSession& operator=(const TableSession&) = delete;

    /// A sink takes part from here on; its number. `target` must live as long as the session. `stage`: as
    /// TableWriter has it.
    std::size_t join(const TableTarget& target, std::string stage);
    /// Before open(): the run goes on behind that transaction. `cleared`: the table of that sink was emptied
    /// then.
    void resume(std::size_t sink, Epoch from, bool cleared);
    bool isCleared(std::size_t sink) const;

    /// Whether the transaction of that number is in place. If not, it never will be.
    Result<bool> isCommitted(Epoch epoch);
    /// Connects, and looks whether the table takes the rows. Changes no table of others.
    Status open(std::size_t sink);
    Status write(std::size_t sink, const Batch& batch);
    /// The next commit is the last of that sink.
    void setLast(std::size_t sink);
    /// There will be no more rows of that sink: its table is emptied, and takes over its stage, where that
    /// has still to be done.
    Status finish(std::size_t sink);
    /// All rows of that sink before `epoch` were given. The last that says so has the marker written, and
    /// constraints that wait for the commit checked.
    Status prepare(std::size_t sink, Epoch epoch);
    /// With a marker: the first that asks for it commits all. Without: what there is.
    Status commit(Epoch epoch);
    /// Gives up what was not committed. Does not wait.
    void abort();
    void close();

    std::vector<Sink::Unwritable> takeUnwritable(std::size_t sink);
    /// As Sink::standing(); it does not wait for a call that is under way.
    SinkStanding standing() const { return m_board.now(); }
    /// Troubles that are over.
    std::vector<Text> takeNotes();
    /// Rows of that sink that are in the table, as far as commits were answered.
    std::uint64_t committed(std::size_t sink) const;
    std::uint64_t nanCount(std::size_t sink) const;
    /// Bytes that are kept for the transaction that is open.
    std::size_t keptBytes() const;

 private:
    using Write = Status (TableWriter::*)(const Batch&, RowNumbers);
    /// A row that the table does not take before others are there, to which it may refer.
    struct Waiting {
        std::uint32_t row = 0;
        Write way = nullptr;
        Text why{};
    };
    /// What is done in the transaction, in this order.
    struct Change {
        enum class What { Rows, Clear, Swap } what = What::Rows;
        std::size_t sink = 0;
        Batch batch{};
        std::vector<std::uint32_t> leftOut{};  ///< rows that the table did not take, sorted
        std::vector<Waiting> waiting{};        ///< of the open transaction
    };
    struct Member {
        const TableTarget* target = nullptr;
        std::string stage{};
        std::unique_ptr<TableWriter> writer{};
        std::vector<Sink::Unwritable> unwritable{};
        bool clears = false;  ///< its table has still to be emptied
        bool swapped = false;
        bool last = false;  ///< behind the next commit its stage is not needed any more
        Epoch prepared = 0;
        std::uint64_t given = 0, committed = 0;  ///< rows; of the open transaction, in place
    };

    bool givesUp();
    /// Shows who holds up what the server was asked.
    void lookAtLocks();
    Status stopped();
    Status shutOut() const;
    Status gone(const Status& why) const;
    Status connect();
    Status takeMarker();
    Status makeMarkerTable();
    /// Empty: no run has written under the name of the marker.
    Result<std::string> ownerOfMarker();
    Status openWriters();
    /// Makes the server have all that is kept, and the marker.
    Status advance();
    Status tryToAdvance();
    /// Tries until it succeeds or fails for good.
    template <class Try>
    Status persist(Try&& attempt);
    Status tryToCommit(Epoch epoch);
    Status pause(Millis length);
    Status add(Change change);
    Status clear(std::size_t sink);
    Status dropStage(const Member& member);
    Status apply(Change& change);
    Status writeRows(Change& change, Write way, RowNumbers rows);
    Status putOnly(Change& change, RowNumbers rows);
    /// Rows that wait for others are tried again; those that are not taken, either, are left out.
    Status writeWaiting(std::span<Change> changes);
    Status begin();
    Status mark();
    void leaveOut(Change& change, std::uint32_t row, const Text& why);
    void settle();

    const About m_about;
    const std::shared_ptr<Clock> m_watch = systemClock();  ///< that of a test may stand still
    StandingBoard m_board{};
    LockWatch m_locks{};
    mutable std::mutex m_mutex;  ///< guards all below
    std::optional<std::int64_t> m_stoppedAt{};
    bool m_blocked = false;  ///< that is shown
    bool m_gaveUp = false;   ///< a call of a run that is being stopped: those that follow do not wait, either
    std::unique_ptr<DatabaseClient> m_client{};
    std::vector<Member> m_members{};
    std::vector<Change> m_kept{};
    std::size_t m_keptBytes = 0;
    std::size_t m_done = 0;  ///< of those kept: the open transaction has them
    bool m_begun = false;    ///< a transaction is open
    bool m_forgot = false;   ///< it has rows that are not kept
    bool m_opened = false;   ///< the writers are, in this session of the client
    bool m_aborted = false;
    bool m_broken = false;           ///< constraints that wait for the commit were, right now
    bool m_checked = false;          ///< in the transaction of the rows that are kept they wait no longer
    Epoch m_mark = 0, m_marked = 0;  ///< the marker that the transaction is to have, and has
    Epoch m_from = 0, m_inPlace = 0, m_over = 0;
    Epoch m_doubt = 0;  ///< its commit was not answered
    std::string m_owner{};
    std::vector<Text> m_notes{};
};

}  // namespace rw
