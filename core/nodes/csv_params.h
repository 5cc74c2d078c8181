// How CSV is written: the parameters of every source that reads it.
#pragma once
#include <vector>

#include "core/connect/csv/format.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// `header`, `delimiter`, `quote`, `decimal`, `epoch`.
std::vector<ParamSpec> csvParams();
/// The format of these parameters; invalid ones are reported.
CsvFormat bindCsvFormat(BindContext& context);
/// The same of parameters that are not bound.
CsvFormat csvFormatOf(const Json& params);
/// The parameters that say so, without those that have their default.
Json csvParamsOf(const CsvFormat& format);

}  // namespace rw
