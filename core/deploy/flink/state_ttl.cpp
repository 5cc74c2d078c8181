#include "core/deploy/flink/state_ttl.h"

#include <fmt/format.h>

namespace rw {

std::string flinkStateTtl(NodeForm& form, const std::vector<std::string>& inputs) {
    if (!form.params().has("state_ttl")) return {};
    const Millis ttl = form.params().duration("state_ttl");
    if (ttl <= 0) return {};
    form.find(Verdict::Approximated,
              RW_TEXT("deploy", "Flink forgets keys by the time on the clock, not by event time."),
              "state_ttl")
        .fix = RW_TEXT("deploy", "Leave the time empty: keys are then kept for ever on both sides.");
    std::string times;
    for (const std::string& input : inputs)
        times += fmt::format("{}'{}' = '{} ms'", times.empty() ? "" : ", ", input, ttl);
    return fmt::format("/*+ STATE_TTL({}) */ ", times);
}

}  // namespace rw
