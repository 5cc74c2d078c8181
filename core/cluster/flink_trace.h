// Reads a trace of Java: the innermost cause, and the place in the SQL that it is about.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/net/http_client.h"

namespace rw {

/// A stretch of a statement, lines and columns from 1; the end is the last character of it.
struct SqlPlace {
    int line = 1, column = 1, endLine = 1, endColumn = 1;
    bool operator==(const SqlPlace&) const = default;
};

/// The message behind the last “Caused by”, which is where Flink quotes the user's text; without the name of
/// the exception. Of a trace without causes its own first message.
std::string innermostCause(std::string_view trace);
/// The place that the planner or the parser names anywhere in the trace.
std::optional<SqlPlace> sqlPlaceIn(std::string_view trace);
/// All that the `errors` of an answer of Flink hold; of an answer in another form its bytes.
std::string errorsOf(const HttpAnswer& answer);

}  // namespace rw
