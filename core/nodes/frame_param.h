// The parameter `frame`: which rows before a row its aggregates are over.
#pragma once
#include <string>
#include <string_view>

#include "core/pipeline/node_kind.h"
#include "core/sql/error.h"
#include "core/stream/frames/over_plan.h"

namespace rw {

ParamSpec frameParam();

/// “ROWS 9 PRECEDING”, “RANGE '5min' PRECEDING”, “RANGE UNBOUNDED PRECEDING”; also as Flink writes them, with
/// BETWEEN … AND CURRENT ROW and INTERVAL '5' MINUTE.
sql::Parsed<Frame> parseFrame(std::string_view text);
/// The shortest text that parseFrame() reads back.
std::string frameText(const Frame& frame);

/// Reads the parameter; false after an error was reported, with frames that work as fixes.
bool bindFrame(BindContext& context, Frame& frame);

}  // namespace rw
