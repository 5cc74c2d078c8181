// Rows as the REST server of HBase takes them: JSON whose keys, columns and values are Base64.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"

namespace rw {

/// What becomes of the columns of a row; shared by a sink's instances.
struct HbaseLayout {
    std::vector<int> key{};    ///< columns of the row key
    std::string separator{};   ///< between their texts
    std::vector<int> cells{};  ///< the other columns
    std::string family{};
    int timestamp = -1;       ///< column of the cells' time; -1: the sink counts
    bool nullIsEmpty = true;  ///< NULL is an empty value; else there is no cell
};

/// The key of a row, or why it has none.
Result<std::string> hbaseKey(const HbaseLayout& layout, const Batch& batch, std::size_t row);
/// The time of its cells, of a layout with one, or why it has none.
Result<std::int64_t> hbaseTime(const HbaseLayout& layout, const Batch& batch, std::size_t row);
/// {"key":…,"Cell":[…]}; nothing: no cell is to be written.
std::optional<std::string> hbaseRow(const HbaseLayout& layout, const Batch& batch, std::size_t row,
                                    std::string_view key, std::int64_t time);
/// The body of a request with these.
std::string hbaseBody(const std::vector<std::string>& rows);

/// The path of a table, and of all versions of a row's family up to a time.
std::string hbaseTablePath(std::string_view table);
std::string hbaseRowPath(std::string_view table, std::string_view key, std::string_view family,
                         std::int64_t time);
/// Whether that path is this row's alone: the REST server takes a * at the end for a pattern and removes the
/// row without it, and some words for paths of its own; keys that are no text can't stand in a path.
bool hasHbasePath(std::string_view key);
/// Whether it can be the name of a table, perhaps with that of its namespace and a colon before it.
bool isHbaseTable(std::string_view name);
bool isHbaseFamily(std::string_view name);
/// The families that an answer to GET /TABLE/schema names; nothing: it is something else.
std::optional<std::vector<std::string>> hbaseFamilies(std::string_view answer);

}  // namespace rw
