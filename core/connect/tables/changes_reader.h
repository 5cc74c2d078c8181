// Reads the rows of a table of PostgreSQL and then the changes of them, from the server's log by a slot.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/tables/key_order.h"
#include "core/connect/tables/postgresql_session.h"
#include "core/connect/tables/publication.h"
#include "core/connect/tables/reconnection.h"
#include "core/connect/tables/selected_columns.h"
#include "core/connect/tables/sql_chunk.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// A new slot says at which place of the log it begins, and lets a transaction see the table as it was there:
/// its rows are read in the order of the key, and then the changes behind that place. The log is not kept
/// longer than until a checkpoint behind it is durable (confirm()).
///
/// One that goes on before all rows were read has those up to a key as of one place (SqlPosition). Another
/// slot, which lasts a moment, shows the table at a later place; up to that the changes of rows before the
/// key are given, and then the rows behind it.
class ChangesReader final : public SourceReader {
 public:
    struct About {
        SqlReading reading{};
        SqlPosition from{};
        std::shared_ptr<Clock> clock{};
        std::function<bool()> givesUp{};  ///< as DatabaseClient::About::givesUp
    };
    ChangesReader(const NodeConnection& connection, About about);

    Result<Read> read(Millis within, ReadOutput& out) override;
    /// All before that place is not wanted any more. What keeps it from being said is no error: it is said
    /// again.
    Status confirm(PgLsn lsn);

 private:
    enum class Phase {
        Away,    ///< nothing is connected
        Slot,    ///< a slot is being made
        Before,  ///< changes up to the place at which the rows that are left are read
        Rows,    ///< these
        Changes
    };
    struct Places {
        std::vector<std::size_t> columns{}, key{};  ///< in the tuples of messages
        SqlCellForms forms{};
    };

    // changes_reader.cpp: up to the changes.
    Status goOn(Millis within, ReadOutput& out);
    Status begin(ReadOutput& out);
    Status askForSlot(bool temporary);
    Status takeSlot(Millis within, ReadOutput& out);
    Status openRows();
    Status takeRows(Millis within, ReadOutput& out);
    Status takeRow(const RowsSession::Cells& cells);
    Status check();
    Status explained(const Status& why);
    void give(ReadOutput& out);
    void leave();

    // changes_stream.cpp: the changes.
    Status openStream(PgLsn from);
    Status takeChanges(Millis within, ReadOutput& out);
    Status takeMessage(std::string_view bytes);
    Status takeChange(const PgMessage& message);
    Status takeRelation(const PgRelation& relation);
    /// The row of a tuple, its long values that did not change from the row before.
    Status completed(PgTuple& tuple, const PgMessage& message) const;
    Status apply(const PgMessage& message, const PgTuple& after);
    void addRow(const PgTuple& tuple, RowKind kind, bool joins);
    std::vector<std::string> keyOf(const PgTuple& tuple) const;
    /// Whether a row with that key was given, or comes before those that are read later.
    bool isGiven(const std::vector<std::string>& key) const;
    Status tellPlace(bool asksBack);
    /// Nothing came for a while: whether all is there that the log has.
    Status judgeEnd(ReadOutput& out);
    Status emptied() const;

    const NodeConnection m_connection;
    const About m_about;
    Reconnection m_away;
    PostgresqlSession m_rows;   ///< looks at the catalogue and the end of the log, and reads rows
    PostgresqlClient m_stream;  ///< makes slots, and gives changes
    Phase m_phase = Phase::Away;
    SelectedColumns m_selected{};
    KeyOrder m_order{};
    SqlPosition m_at;  ///< behind all that was taken
    std::unique_ptr<SqlChunk> m_chunk{};
    std::size_t m_bytes = 0;  ///< given in this call

    bool m_isTemporary = false;  ///< the slot that is being made
    bool m_isOld = false;        ///< there is a slot of an earlier run, which is taken over
    PgLsn m_rowsAt = 0;          ///< the rows that are left are read as of there
    std::int64_t m_askedAt = 0;  ///< steady milliseconds, for the slot
    bool m_blocked = false;      ///< that was told

    std::optional<PgRelation> m_relation{};  ///< as the log described it last
    Places m_places{};
    bool m_inTransaction = false;
    PgLsn m_transaction = 0;    ///< its commit
    std::uint64_t m_seen = 0;   ///< changes of the table in it
    std::uint64_t m_given = 0;  ///< of which so many were given before
    PgLsn m_received = 0;
    PgLsn m_confirmed = 0;
    bool m_tells = false;        ///< what was confirmed was not yet told
    bool m_drained = false;      ///< that was told
    PgLsn m_until = 0;           ///< the end of the log when nothing came any more; 0: something came since
    std::int64_t m_toldAt = 0;   ///< steady milliseconds
    std::int64_t m_checkAt = 0;  ///< the same
    std::int64_t m_placeGivenAt = 0;  ///< the same: a position without rows
    PgLsn m_placeGiven = 0;
};

}  // namespace rw
