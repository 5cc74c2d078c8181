// A CSV source as an engineer would write it for Flink, where its files were looked at.
#pragma once
#include <string>

#include "core/connect/csv/format.h"
#include "core/deploy/form.h"

namespace rw {

/// With TranslateOptions::surveys: files without a header become a table with their types, those with one a
/// table of texts and a view that casts them. Where an event_time node stands behind it, the watermark is
/// declared there, and the node reads “id$marked”. False: there is no survey of the source, or its cells need
/// care; then it adds the remark on what prevents it. `options`: of the table.
bool flinkTypedSource(NodeForm& form, const CsvFormat& format, const std::string& options);

}  // namespace rw
