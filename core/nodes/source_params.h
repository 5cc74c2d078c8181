// The parameters that all sources share: event time, watermarks, idleness, time of arrival, row errors.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/source.h"

namespace rw {

/// The values of these parameters for one source, besides BoundNode::watermarkDelay.
struct SourceTiming {
    int eventTime = -1;  ///< column, or -1
    std::optional<Millis> idleTimeout{};
    int arrival = -1;  ///< the added column that holds the time of arrival, or -1
};

/// A bound source; node types with more to remember derive from it.
class BoundSource : public BoundNode {
 public:
    SourceTiming timing{};
};

/// `on_error`: the handling of a row that fails. For every node that parses or computes.
ParamSpec onErrorParam();

/// `event_time` (with this default, if any), `watermark_delay`, `idle_timeout`, `arrival_time`.
std::vector<ParamSpec> timingParams(Json defaultEventTime = nullptr);

/// Binds these parameters for a source of columns `schema`: fills in `timing` and the type of the stream at
/// port 0, with the arrival column added at the end.
void bindTiming(BindContext& context, Schema schema, BoundSource& bound);

/// “the newest “ts” − 5s”: the watermark of stamped rows, in words.
Text newestLess(const std::string& column, Millis delay);

/// Hands event time, delay and idle time-out on to the source.
void setTiming(Source& source, const BoundSource& bound);

}  // namespace rw
