// The rows that a program of Spark tells of a sink, micro-batch by micro-batch, as the changes that they are.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/cluster/change_row.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// Of one sink. It keeps the rows that can still change: as many as the sink's stream has keys.
class SparkRows {
 public:
    /// `key`: the columns that name a row; none: all of them do.
    SparkRows(std::string node, std::vector<int> key) : m_node(std::move(node)), m_key(std::move(key)) {}

    /// Takes an event “rows”, and gives the rows that are final by now; the node's id is the first cell of each
    /// row. With the mode "complete" a micro-batch has all rows: its changes are known at its end.
    std::vector<ChangeRow> take(const Json& event);
    /// The micro-batch is over.
    std::vector<ChangeRow> endBatch();

 private:
    using Cells = std::vector<TextCell>;
    using Rows =
        std::map<std::string, std::vector<Cells>>;  ///< by key; equal rows may be there several times

    std::string keyOf(const Cells& cells) const;
    ChangeRow row(RowKind kind, const Cells& cells) const;
    void replace(const std::vector<Cells>& before, const std::vector<Cells>& now,
                 std::vector<ChangeRow>& out) const;

    const std::string m_node;
    const std::vector<int> m_key;
    Rows m_known{};
    Rows m_batch{};        ///< of the micro-batch that is being told
    bool m_whole = false;  ///< that one has all rows
};

}  // namespace rw
