// A table that is made of texts, as a CSV file has them, to be compared with a table of a run.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/connect/sqlite/browser.h"

namespace rw {

/// In a new file, which only its maker reads: nothing of it survives a crash. Blocking.
class TextTable {
 public:
    /// The values become those of the columns' declared types: of an INTEGER the text 7 is the number, of a
    /// BOOLEAN true is 1, of a BLOB X'00FF' is two bytes. Texts that are none stay as they are.
    static Result<std::unique_ptr<TextTable>> make(const std::string& path, const std::string& name,
                                                   const std::vector<SqliteColumn>& columns);
    virtual ~TextTable() = default;

    /// One for each column; nothing: NULL.
    virtual Status add(const std::vector<std::optional<std::string>>& cells) = 0;
    /// No more rows; it can be read now.
    virtual Status finish() = 0;
};

}  // namespace rw
