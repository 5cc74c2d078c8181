// Writes the rows of a stream into one table of an SQLite file, a group of batches per transaction.
#pragma once
#include <SQLiteCpp/Statement.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/sqlite_file.h"
#include "core/connect/sqlite_turn.h"
#include "core/data/batch.h"

namespace rw {

struct SqliteTarget {
    enum class Mode {
        Replace,  ///< the table is made anew, in the transaction of the first rows
        Append,
        Upsert  ///< a row takes the place of the one with its key; deletes take it away
    };
    std::string path, table;
    Mode mode = Mode::Replace;
    SchemaRef schema{};
    std::vector<int> key{};  ///< Upsert: columns of the schema
};

/// Single-threaded. Waits for other programs at most kSqliteWaitMillis. Readers see whole transactions (WAL).
class SqliteWriter {
 public:
    static constexpr std::size_t kRowsPerTransaction = 50'000;
    static constexpr std::int64_t kMillisPerTransaction = 500;

    SqliteWriter(SqliteTarget target, std::shared_ptr<Clock> clock);
    /// Rows that were not committed are given up.
    ~SqliteWriter();

    /// Opens the file and sees whether it can be written and the table takes the rows. Writes nothing.
    Status open();
    Status write(const Batch& batch);
    /// Ends the transaction; makes the table when no row has come yet.
    Status commit();
    std::uint64_t nanCount() const { return m_nans; }

 private:
    template <class Work>
    Status guarded(Work&& work);
    void takeTurn();
    void giveTurnBack();
    void begin();
    void makeTable();
    void prepare();
    void writeRow(const Batch& batch, std::size_t row);
    void bindCell(SQLite::Statement& statement, int parameter, std::size_t slot, const Column& column,
                  std::size_t row);
    void removeKey(const Batch& batch, std::size_t row);
    bool due() const;
    std::vector<std::string> keyNames() const;

    const SqliteTarget m_target;
    std::shared_ptr<Clock> m_clock;
    std::shared_ptr<SqliteTurn> m_turn;
    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<SQLite::Statement> m_insert, m_remove;
    std::vector<std::string> m_texts;  ///< bytes of bound texts, until the statement has run
    bool m_open = false;               ///< the turn is ours, and a transaction is open
    bool m_made = false;               ///< the table is as it must be
    std::size_t m_rows = 0;            ///< in the transaction
    std::int64_t m_began = 0;
    std::uint64_t m_nans = 0;
};

}  // namespace rw
