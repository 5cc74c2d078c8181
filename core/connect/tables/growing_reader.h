// Reads the rows of a table that only grows, and looks for more now and then.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/tables/lock_teller.h"
#include "core/connect/tables/reconnection.h"
#include "core/connect/tables/selected_columns.h"
#include "core/connect/tables/sql_chunk.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// PostgreSQL: rows come in the order of the transactions that added them, then of the cursor, and only those
/// of transactions that are older than every one that is still open: what commits late comes late, and is not
/// missed. The number of the transaction is the first column of the cursor where that is of type xid8
/// (default pg_current_xact_id()); else the server's own note of it is used, for which it looks at every row.
///
/// MariaDB: rows come in the order of the cursor; one that commits behind others of higher values is missed.
class GrowingReader final : public SourceReader {
 public:
    struct About {
        SqlReading reading{};
        SqlPosition from{};
        std::shared_ptr<Clock> clock{};
        std::function<bool()> givesUp{};  ///< as DatabaseClient::About::givesUp
    };
    GrowingReader(const NodeConnection& connection, About about);

    Result<Read> read(Millis within, ReadOutput& out) override;

 private:
    Status begin(ReadOutput& out);
    Status prepare(const SelectedColumns& selected, ReadOutput& out);
    std::string statement() const;
    /// Rows for so long. True: these were all for now.
    Result<bool> take(Millis within, ReadOutput& out);
    Status takeRow(const RowsSession::Cells& cells);
    void give(ReadOutput& out);
    /// Lets so much time pass, unless the table is told to have grown.
    Status await(Millis within);

    const About m_about;
    const bool m_isPostgresql;
    Reconnection m_away;
    LockTeller m_locks{};
    const std::unique_ptr<RowsSession> m_session;
    bool m_begun = false;
    bool m_warned = false;
    std::string m_select{}, m_horizon{}, m_orderBy{};
    std::vector<RowsSession::Order> m_orders{};
    std::size_t m_columns = 0;  ///< of the schema; those behind them are the cursor
    SqlCellForms m_forms{};
    SqlPosition m_at;           ///< behind the rows that were taken
    bool m_reading = false;     ///< an answer is being taken
    std::size_t m_taken = 0;    ///< rows of it
    std::int64_t m_lookAt = 0;  ///< steady milliseconds
    bool m_drained = false;     ///< that was told
    std::unique_ptr<SqlChunk> m_chunk{};
};

}  // namespace rw
