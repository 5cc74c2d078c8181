// Puts rows into one table of a server: the statements of one kind of server.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/databases/table_target.h"
#include "core/data/batch.h"

namespace rw {

using RowNumbers = std::span<const std::uint32_t>;

/// Lives as long as its client. The calls behind open() are in a transaction that the caller has begun. An
/// error of ErrorCode::Row leaves some of the statement's rows written: the caller goes back to a savepoint.
class TableWriter {
 public:
    /// `target` must live longer. `stage`: rows go into a table of this name beside the target's, until
    /// swap(); empty: into the target.
    TableWriter(DatabaseClient& client, const TableTarget& target, std::string stage)
        : m_client(client), m_target(target), m_stage(std::move(stage)) {}
    virtual ~TableWriter() = default;
    TableWriter(const TableWriter&) = delete;
    TableWriter& operator=(const TableWriter&) = delete;

    const TableTarget& target() const { return m_target; }
    /// Whether the table takes the rows. One that is missing, and that may be made, does. Changes nothing.
    Status check();
    /// In each session, before its first transaction: makes what is missing, and the statements.
    Status open();

    virtual Status add(const Batch& batch, RowNumbers rows) = 0;
    /// In place of rows with the same keys; the keys of `rows` are distinct.
    virtual Status put(const Batch& batch, RowNumbers rows) = 0;
    virtual Status remove(const Batch& batch, RowNumbers rows) = 0;
    Status clear();
    /// The rows of the stage take the place of those of the table.
    Status swap();
    /// Behind the commit of a swap: the stage is not needed any more.
    Status dropStage();
    /// Values that were written as NULL, for the server has none like them (NaN).
    std::uint64_t nanCount() const { return m_nans; }

 protected:
    virtual bool takes(Type type, const DatabaseColumn& column) const = 0;
    /// Makes the statements for a table with these columns; `places` as fittingColumns() gives them.
    virtual Status compile(const DatabaseTable& table, const std::vector<std::size_t>& places) = 0;
    virtual std::string stageStatement(const std::string& stage, const std::string& table) const = 0;

    std::string writtenTable() const;  ///< quoted
    std::string columnList() const;    ///< the stream's columns, quoted, with commas between

    DatabaseClient& m_client;
    const TableTarget& m_target;
    std::uint64_t m_nans = 0;

 private:
    TableName stageName() const;

    const std::string m_stage;
};

/// The rows of an upserting batch, by what is left of them: of each key the last one counts. Keys are equal
/// as hashKeys() has them, and a unique index, too: 0.0 is −0.0, NaN is NaN.
struct KeyedRows {
    std::vector<std::uint32_t> put{}, removed{};
    std::vector<std::uint32_t> nullKeys{};  ///< no index of a server names a row without its key
};
/// `leftOut`: rows that don't count, sorted.
KeyedRows keyedRows(const Batch& batch, const std::vector<int>& key,
                    const std::vector<std::uint32_t>& leftOut);

}  // namespace rw
