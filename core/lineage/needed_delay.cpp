#include "core/lineage/needed_delay.h"

#include <set>

#include "core/base/readable.h"
#include "core/pipeline/param_spec.h"

namespace rw {

namespace {

constexpr Millis kSecond = 1'000;

/// As people write it: in whole seconds, where it is more than one.
Millis roundedUp(Millis span) {
    return span <= kSecond ? span : saturatingAdd(span, kSecond - 1) / kSecond * kSecond;
}

/// The nodes nearest to the input that say what its watermark is. `seen`: many ways may lead through a node.
void addSetters(const Upstream& upstream, const NodeId& node, int input, std::set<NodeId>& seen,
                std::set<NodeId>& setters) {
    for (const UpstreamPort& producer : upstream.producers(node, input)) {
        const PlannedNode& from = *upstream.find(producer.node);
        if (!seen.insert(from.node).second) continue;
        if (from.kind->inputs.empty() || from.bound->assignsEventTime) {
            setters.insert(from.node);
            continue;
        }
        for (std::size_t above = 0; above < from.inputs.size(); ++above)
            addSetters(upstream, from.node, static_cast<int>(above), seen, setters);
    }
}

/// The delay that is set there; nothing: the node has none to be set.
std::optional<Millis> delayOf(const PlannedNode& node) {
    const ParamSpec* const spec = node.kind->param("watermark_delay");
    if (!spec) return std::nullopt;
    const Json& value = paramValue(*spec, node.declared->params);
    if (!value.is_string()) return std::nullopt;
    const Result<Millis> delay = parseDuration(value.get<std::string>());
    return delay.ok() ? std::optional(*delay) : std::nullopt;
}

}  // namespace

NeededDelay neededDelay(const Upstream& upstream, const NodeId& node, int input, Millis lateBy) {
    std::set<NodeId> seen, setters;
    addSetters(upstream, node, input, seen, setters);
    // A row is late whose time the watermark has reached.
    const Millis more = saturatingAdd(lateBy, 1);
    const std::optional<Millis> delay =
        setters.size() == 1 ? delayOf(*upstream.find(*setters.begin())) : std::nullopt;
    if (!delay) {
        return {RW_TEXT("lineage", "a watermark delay that is longer by %1 would have let them in")
                    .with(durationText(roundedUp(more)))};
    }
    const Millis needed = roundedUp(saturatingAdd(*delay, more));
    return {RW_TEXT("lineage", "a watermark delay of at least %1 at “%2” would have let them in")
                .with(durationText(needed), titleOf(upstream, *setters.begin())),
            *setters.begin(), needed};
}

}  // namespace rw
