// The watermark of a source after each row that a test gives it: known while a test is written, before it
// runs.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline_tests/test_file.h"

namespace rw {

/// A source whose rows have event time.
struct TimedSource {
    SchemaRef schema{};
    int eventTime = 0;         ///< the column
    Millis delay = 0;          ///< watermark_delay
    bool several = false;      ///< it has partitions: its watermark is that of the slowest
    bool nullOnError = false;  ///< a row with a cell that can't be read counts, too
};

/// For each step that gives rows to one of `sources`, and each of its rows, the watermark once the source has
/// read it; nothing: none yet, for a partition of the test has had no row. Other steps have an empty list.
/// Silence is not considered: a partition that is idle holds nobody up in the run.
std::vector<std::vector<std::optional<Instant>>> watermarksAfter(
    const PipelineTest& test, const std::map<NodeId, TimedSource>& sources);

}  // namespace rw
