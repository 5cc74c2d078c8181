// Reads the rows of a table, or of a query, as they are at one moment.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/connect/tables/lock_teller.h"
#include "core/connect/tables/reconnection.h"
#include "core/connect/tables/selected_columns.h"
#include "core/connect/tables/sql_chunk.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// With a key, rows come in its order, and a reader that goes on from a position reads those behind it, as
/// they are then. Without one it reads the rows before it again and leaves them out, if they are the same;
/// else it fails.
class SnapshotReader final : public SourceReader {
 public:
    struct About {
        SqlReading reading{};
        SqlPosition from{};
        std::shared_ptr<Clock> clock{};
        std::function<bool()> givesUp{};  ///< as DatabaseClient::About::givesUp
    };
    SnapshotReader(const NodeConnection& connection, About about);

    Result<Read> read(Millis within, ReadOutput& out) override;

 private:
    Status begin(ReadOutput& out);
    /// Rows for so long. True: these were all.
    Result<bool> take(Millis within, ReadOutput& out);
    Status takeRow(const RowsSession::Cells& cells);
    void give(ReadOutput& out);
    Status changed() const;

    const About m_about;
    Reconnection m_away;
    LockTeller m_locks{};
    const std::unique_ptr<RowsSession> m_session;
    bool m_begun = false;
    std::size_t m_columns = 0;         ///< of the schema; those behind them are the key
    std::vector<std::string> m_key{};  ///< names
    SqlCellForms m_forms{};
    SqlPosition m_at;           ///< behind the rows that were taken
    std::uint64_t m_again = 0;  ///< without a key: so many rows are read again
    std::uint64_t m_sum = 0;    ///< of those
    std::unique_ptr<SqlChunk> m_chunk{};
};

}  // namespace rw
