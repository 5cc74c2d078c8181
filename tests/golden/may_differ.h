// The allowed differences from the answer of a case where another engine does not promise the same: the
// comparison holds for all the rest.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/golden/compare.h"

namespace rw::golden {

/// “nothing”, or one entry for each file that may differ, with “; ” between them:
///
///     out.csv columns fi, li             cells of these columns; the rows are the same in all others
///     out.csv rows id = 6, 9, NULL       rows with one of these cells there; the others are the same
///     out.csv fewer                      rows may be missing, none may be another one
///     out.csv more                       rows may come besides
class MayDiffer {
 public:
    /// Throws std::runtime_error, with the error.
    explicit MayDiffer(std::string_view text);

    /// As compareFiles(), without the allowed differences there.
    std::string operator()(const std::filesystem::path& expectation, const std::filesystem::path& actual,
                           Columns columns) const;

    /// Names in it that the case in this folder does not have: files, columns. Empty: none.
    std::string unknownIn(const std::filesystem::path& folder) const;

 private:
    enum class How { Columns, Rows, Fewer, More };
    struct Entry {
        How how = How::Rows;
        std::vector<std::string> columns{};  ///< Columns: these; Rows: the one
        std::vector<Cell> cells{};           ///< Rows
    };

    static Entry entryOf(std::string_view words, std::string_view text);
    static void take(const Entry& entry, Table& expected, Table& actual);

    std::map<std::string, Entry> m_files{};  ///< by their names in a pipeline
};

}  // namespace rw::golden
