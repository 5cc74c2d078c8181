#include "core/pipeline_tests/watermarks_after.h"

#include <algorithm>

#include "core/pipeline_tests/test_cells.h"
#include "core/stream/stamper.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

/// Of one source, by the name of the partition; all that the test names are there from the start.
using Partitions = std::map<std::string, StampState>;

std::string partitionOf(const PipelineTestStep& step, const TimedSource& source) {
    return step.partition.empty() && source.several ? kOnlyPartition : step.partition;
}

std::optional<Instant> watermarkOf(const Partitions& partitions, Millis delay) {
    Instant least = kMaxTimestamp;
    for (const auto& [name, state] : partitions) {
        if (state.largest == kMinTimestamp) return std::nullopt;
        least = std::min(least, state.watermark(delay));
    }
    return least;
}

std::vector<std::optional<Instant>> afterRows(const PipelineTestStep& step, const TimedSource& source,
                                              Partitions& partitions) {
    const Result<StepRows> rows = givenRows(step, *source.schema);
    if (!rows.ok()) return {};
    std::vector<std::optional<Instant>> out;
    StampState& state = partitions[partitionOf(step, source)];
    for (const StepRow& row : *rows) {
        const Value& time = row.values[static_cast<std::size_t>(source.eventTime)];
        const bool counts = row.wrong.empty() || source.nullOnError;
        if (const auto* at = std::get_if<Instant>(&time); at != nullptr && counts)
            state.largest = std::max(state.largest, *at);
        out.push_back(watermarkOf(partitions, source.delay));
    }
    return out;
}

}  // namespace

std::vector<std::vector<std::optional<Instant>>> watermarksAfter(
    const PipelineTest& test, const std::map<NodeId, TimedSource>& sources) {
    std::map<NodeId, Partitions> known;
    const auto sourceOf = [&sources](const PipelineTestStep& step) {
        return step.verb == Verb::Rows ? sources.find(step.at) : sources.end();
    };
    for (const PipelineTestStep& step : test.steps) {
        if (const auto found = sourceOf(step); found != sources.end())
            known[step.at].try_emplace(partitionOf(step, found->second));
    }
    std::vector<std::vector<std::optional<Instant>>> out;
    for (const PipelineTestStep& step : test.steps) {
        const auto found = sourceOf(step);
        out.push_back(found == sources.end() || !step.rows ? std::vector<std::optional<Instant>>()
                                                           : afterRows(step, found->second, known[step.at]));
    }
    return out;
}

}  // namespace rw
