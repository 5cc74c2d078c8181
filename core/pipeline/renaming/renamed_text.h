// The names of columns in the texts of parameters, replaced where they stand: blanks, comments and all else
// stay as they are, byte for byte.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

struct ParamSpec;

struct ColumnRename {
    std::string from, to;
    bool operator==(const ColumnRename&) const = default;
};
using ColumnRenames = std::vector<ColumnRename>;

/// The new name of a column as SQL writes it; nothing: it keeps its name. `qualifier`: before the dot; may be
/// empty.
using SpelledAnew =
    std::function<std::optional<std::string>(const std::string& qualifier, const std::string& name)>;

/// Of an expression, or of an item of a select list or of aggregates. Variables (`${limit}`) stand for values
/// in it. A text that can't be parsed stays as it is.
std::string renamedInSql(std::string_view text, const SpelledAnew& anew);
/// Of “{core} is at {load}”.
std::string renamedInBraces(std::string_view text, const ColumnRenames& renames);

/// The value of a parameter that names columns by `renames`, those of joins apart. Of kinds that name none it
/// is the value itself.
Json renamedValue(const ParamSpec& spec, const Json& value, const ColumnRenames& renames);
/// Of the condition of a join: by the renames of each side. `shared` says whether both sides have a column of
/// that name afterwards, which then needs its side before it.
Json renamedCondition(const Json& value, const ColumnRenames& left, const ColumnRenames& right,
                      const std::function<bool(const std::string&)>& inLeft,
                      const std::function<bool(const std::string&)>& inRight,
                      const std::function<bool(const std::string&)>& shared);

/// The text with blanks and a literal in place of variables, of the same length, so that SQL can be parsed.
std::string withoutNamesOfVariables(std::string_view text);

}  // namespace rw
