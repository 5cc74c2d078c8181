// Pieces that all statements of Flink SQL are made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/deploy/form.h"

namespace rw {

/// “'it''s'”: a text as SQL writes it. `${name}` in it stays.
std::string flinkText(std::string_view text);
/// “INTERVAL '5' SECOND”: the largest unit that does without a fraction. Not negative.
std::string flinkInterval(Millis duration);
/// “`a` BIGINT”, one for each column.
std::vector<std::string> flinkColumns(const NodeForm& form, const Schema& schema);
/// Lines behind each other with commas and `indent` before each but the first.
std::string flinkList(const std::vector<std::string>& parts, std::string_view indent = "  ");

/// Names of the stream's columns; where more than so many may mark event time, all but that of the stream
/// give it up: Flink takes one at most into a sink, and the same one from all sides of a union.
std::string flinkPlainTimes(const NodeForm& form, const StreamType& stream, int most);

/// The path in parameter `param` as an artefact has it: relative ones start at ${folder}, or where the
/// options say.
std::string flinkPath(NodeForm& form, std::string_view param);

}  // namespace rw
