// From a stretch of a statement back to the words of a person: which parameter of the node says the same.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cluster/flink_trace.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// As in Issue.
struct ParamPlace {
    std::string param{};
    int item = -1;
    std::size_t position = 0, length = 0;  ///< length 0: it is there several times
};

/// The text of a statement at a place; of a place of one character the whole word. Empty: it is outside.
std::string textAt(std::string_view statement, const SqlPlace& place);

/// Where the texts of a node's parameters say `words`, word for word: blanks, case and quotes around names do
/// not matter. Nothing: nowhere, or in several parameters. Paths are not looked at.
std::optional<ParamPlace> placeOfWords(const Node& node, std::string_view words);

/// The names in back-quotes in a stretch of SQL.
std::vector<std::string> quotedNames(std::string_view sql);

}  // namespace rw
