#include "core/compare/asked_steps.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/pipeline_tests/step_source.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

/// Why nothing of the test can be asked; nothing: something may be.
std::optional<Text> inTheWayOfTest(const PipelineTest& test) {
    std::map<NodeId, std::set<std::string>> partitions;
    for (const PipelineTestStep& step : test.steps) {
        if (step.verb == Verb::Fail || step.verb == Verb::ExpectFailed)
            return RW_TEXT("pipeline_tests", "The run fails in this test; on Flink, rows come to their end.");
        if (step.verb != Verb::Rows) continue;
        std::set<std::string>& known = partitions[step.at];
        known.insert(step.partition.empty() ? kOnlyPartition : step.partition);
        if (known.size() > 1)
            return RW_TEXT(
                       "pipeline_tests",
                       "“%1” has rows of several partitions, each with a watermark of its own; Flink gets "
                       "them as one file.")
                .with(step.at);
    }
    return std::nullopt;
}

/// The step that ends the last source; nothing: not all of them end.
std::optional<std::size_t> stepOfTheEnd(const PipelineTest& test, std::set<NodeId> sources) {
    for (std::size_t i = 0; i < test.steps.size(); ++i) {
        const PipelineTestStep& step = test.steps[i];
        if (step.verb != Verb::End) continue;
        if (step.at.empty()) return i;
        sources.erase(step.at);
        if (sources.empty()) return i;
    }
    return std::nullopt;
}

bool expectsNone(const PipelineTestStep& step) {
    return step.count ? *step.count == 0 : step.rows->empty();
}

class Asking {
 public:
    Asking(const PipelineTest& test, const std::vector<std::vector<NodeId>>& probes)
        : m_test(test), m_probes(probes) {}

    AskedTest run(const std::set<NodeId>& sources) {
        const std::optional<Text> why = inTheWayOfTest(m_test);
        const std::optional<std::size_t> end = stepOfTheEnd(m_test, sources);
        if (why || !end) {
            leave(
                m_test.steps.size(),
                why ? *why
                    : RW_TEXT("pipeline_tests",
                              "Not all sources end in this test, as they do on Flink: add { \"end\": true } "
                              "before the last expectations."));
            return std::move(m_out);
        }
        m_end = *end;
        std::map<std::vector<NodeId>, std::vector<std::size_t>> ports;
        for (std::size_t i = 0; i < m_test.steps.size(); ++i) {
            const Verb verb = m_test.steps[i].verb;
            if (verb == Verb::Expect || verb == Verb::ExpectLate) ports[m_probes[i]].push_back(i);
            if (verb == Verb::ExpectTable) askTable(i);
            if (verb == Verb::ExpectWatermark || verb == Verb::ExpectWindow)
                leave(i, RW_TEXT("pipeline_tests", "Flink tells of rows alone, not of its watermarks."));
            if (verb == Verb::ExpectRejected)
                leave(i, RW_TEXT("pipeline_tests", "Flink words rejected rows otherwise."));
        }
        for (const auto& [probes, steps] : ports) askPort(probes, steps, ports);
        std::sort(m_out.steps.begin(), m_out.steps.end(),
                  [](const AskedStep& a, const AskedStep& b) { return a.of.back() < b.of.back(); });
        std::stable_sort(m_out.notAsked.begin(), m_out.notAsked.end(),
                         [](const NotAsked& a, const NotAsked& b) { return a.step < b.step; });
        return std::move(m_out);
    }

 private:
    using Ports = std::map<std::vector<NodeId>, std::vector<std::size_t>>;

    void leave(std::size_t step, Text why) { m_out.notAsked.push_back({step, std::move(why)}); }

    void askTable(std::size_t number) {
        if (number < m_end)
            return leave(number, RW_TEXT("pipeline_tests",
                                         "Flink has all rows at once: it knows the table at the end alone."));
        ask(m_test.steps[number], m_probes[number], {number});
    }

    /// All expectations of a port together are all that it gives.
    void askPort(const std::vector<NodeId>& probes, const std::vector<std::size_t>& steps,
                 const Ports& ports) {
        const auto leaveAll = [&](const Text& why) {
            for (const std::size_t step : steps) leave(step, why);
        };
        if (steps.back() < m_end)
            return leaveAll(RW_TEXT("pipeline_tests",
                                    "Flink gives all rows of the port up to the end: expect the rest of them "
                                    "behind { \"end\": true }, too."));
        const auto shares = [&](const Ports::value_type& other) {
            return other.first != probes &&
                   std::any_of(probes.begin(), probes.end(), [&](const NodeId& probe) {
                       return std::find(other.first.begin(), other.first.end(), probe) != other.first.end();
                   });
        };
        if (std::any_of(ports.begin(), ports.end(), shares))
            return leaveAll(
                RW_TEXT("pipeline_tests",
                        "Other steps look at one of these ports alone: name the same ports in all of them."));
        ask(joined(steps), probes, steps);
    }

    PipelineTestStep joined(const std::vector<std::size_t>& steps) {
        PipelineTestStep out = m_test.steps[steps.front()];
        out.columns.reset();
        out.count.reset();
        out.rows = Json::array();
        bool first = true, counted = false, hasRows = false;
        std::size_t count = 0;
        for (const std::size_t number : steps) {
            const PipelineTestStep& step = m_test.steps[number];
            out.ordered = out.ordered || step.ordered;
            out.within = std::max(out.within, step.within);
            if (expectsNone(step)) continue;
            count += step.count ? *step.count : step.rows->size();
            counted = counted || step.count || (!first && step.columns != out.columns);
            first = false;
            out.columns = step.columns;
            hasRows = hasRows || step.rows;
            if (!step.rows) continue;
            for (const Json& row : *step.rows) out.rows->push_back(row);
        }
        if (!counted) return out;
        if (hasRows)
            leave(steps.back(), RW_TEXT("pipeline_tests",
                                        "The expectations of this port have different columns, or a count: "
                                        "only the number of all rows is asked."));
        out.columns.reset();
        out.rows.reset();
        out.count = count;
        out.ordered = false;
        return out;
    }

    void ask(PipelineTestStep step, const std::vector<NodeId>& probes, std::vector<std::size_t> of) {
        if (step.ordered)
            leave(of.back(), RW_TEXT("pipeline_tests", "The order of the rows: Flink keeps to none."));
        step.ordered = false;
        m_out.steps.push_back({std::move(step), probes, std::move(of)});
    }

    const PipelineTest& m_test;
    const std::vector<std::vector<NodeId>>& m_probes;
    std::size_t m_end = 0;
    AskedTest m_out{};
};

}  // namespace

AskedTest askedAtTheEnd(const PipelineTest& test, const std::vector<std::vector<NodeId>>& probes,
                        const std::set<NodeId>& sources) {
    return Asking(test, probes).run(sources);
}

bool letsTimePass(const PipelineTest& test) {
    return std::any_of(test.steps.begin(), test.steps.end(), [](const PipelineTestStep& step) {
        return step.verb == Verb::Idle || step.verb == Verb::Advance;
    });
}

}  // namespace rw
