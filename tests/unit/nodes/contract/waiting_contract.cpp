// Operators whose rows wait for the world outside, in all moods of that.
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

namespace rw::test {

namespace {

constexpr std::size_t kTrialRows = 200, kEndlessRows = 4'000, kTrialBatch = 4'096;
constexpr std::size_t kBatchSizes[] = {1, 7, 64};
constexpr std::size_t kMostWaiting = 80'000;  // rows; what Options allow, and a full batch more
constexpr unsigned kTrialSeeds = 3;
constexpr int kTrialLeaves = 4;

class WaitingTrial {
 public:
    WaitingTrial(const NodeKind& kind, const Json& params) : m_kind(kind), m_params(params) {
        StreamType stream = sampleStream();
        stream.sourceOrder = true;
        m_inputs.assign(kind.inputs.size(), stream);
        m_bound = bindNode(kind, params, inputsOf(kind, stream)).node;
        m_options.nullOnError = params.value("on_error", "") == "null";
    }

    std::string fault() const {
        for (unsigned seed = 1; seed <= kTrialSeeds; ++seed) {
            const Driven base = run(split(kBatchSizes[2], seed), AnswerMood::AtOnce, seed);
            for (const std::size_t size : kBatchSizes) {
                const auto input = split(size, seed);
                const std::size_t behind = run(input, AnswerMood::AtOnce, seed).behind;
                std::string why = late(base, run(input, AnswerMood::Late, seed), behind);
                if (!why.empty()) return said("answered late, ", size, seed, why);
                why = left(base, input, seed, behind);
                if (!why.empty()) return said("left while answers are out, ", size, seed, why);
                why = troubled(base, run(input, AnswerMood::Failing, seed));
                if (!why.empty()) return said("with failing answers, ", size, seed, why);
                why = troubled(base, run(input, AnswerMood::Silent, seed));
                if (!why.empty()) return said("with silence, ", size, seed, why);
            }
        }
        const std::string why = unbounded();
        return why.empty() ? why : said("without answers, ", kTrialBatch, 1, why);
    }

 private:
    std::vector<Feed> split(std::size_t size, unsigned seed) const {
        return feeds(m_inputs.size(), batches(m_inputs.front(), sampleRows(kTrialRows, seed), size));
    }
    Driven run(const std::vector<Feed>& input, AnswerMood mood, unsigned seed, const Driven* before = nullptr,
               bool leaves = false) const {
        DriveOptions options = m_options;
        options.answers = mood;
        options.answerSeed = seed;
        options.before = before;
        options.leaves = leaves;
        return drive(m_kind, m_bound, m_inputs, input, options);
    }

    std::string broken(const Driven& driven) const {
        if (!driven.problems.empty()) return driven.problems.front();
        if (!driven.status.ok()) return "it fails: " + english(driven.status.error());
        for (std::size_t port = 0; port < driven.ports.size(); ++port) {
            if (m_kind.outputs[port].role == PortRole::Rejected) continue;  // the runtime forwards there
            if (driven.ports[port].watermark != kMaxTimestamp) return "the last watermark did not come";
        }
        return {};
    }

    /// The rows in their order, where the node keeps one.
    std::vector<std::string> rowsOf(const Driven& driven, std::size_t port) const {
        const StreamType& stream = m_bound->outputs[port];
        return stream.sourceOrder && !stream.updating ? driven.ports[port].rows
                                                      : driven.ports[port].result(stream);
    }

    std::string differs(const Driven& base, const Driven& other) const {
        for (std::size_t port = 0; port < base.ports.size(); ++port) {
            const std::string rows = firstDifference(rowsOf(base, port), rowsOf(other, port));
            if (!rows.empty()) return fmt::format("port {}: {}", m_kind.outputs[port].name, rows);
        }
        const std::string rejected = firstDifference(base.rejected, other.rejected);
        return rejected.empty() ? rejected : "rejected rows: " + rejected;
    }

    /// `behind`: the rows of a node that need not wait, in the same batches.
    std::string late(const Driven& base, const Driven& other, std::size_t behind) const {
        if (std::string why = broken(other); !why.empty()) return why;
        if (other.behind > behind)
            return fmt::format("{} rows leave behind the watermark, and {} of a node that need not wait",
                               other.behind, behind);
        return differs(base, other);
    }

    /// At a barrier, which passes rows that wait: they are asked for again.
    std::string left(const Driven& base, const std::vector<Feed>& input, unsigned seed,
                     std::size_t behind) const {
        std::mt19937 random(seed);
        for (int tried = 0; tried < kTrialLeaves; ++tried) {
            // Ports are fed in turn.
            const std::size_t ports = m_inputs.size();
            const auto batch = random() % (input.size() / ports) * ports;
            const auto middle = input.begin() + static_cast<std::ptrdiff_t>(batch);
            const AnswerMood mood = tried % 2 == 0 ? AnswerMood::Late : AnswerMood::Reluctant;
            const Driven before = run({input.begin(), middle}, mood, seed, nullptr, true);
            if (!before.status.ok() || !before.problems.empty()) return broken(before);
            const Driven whole = run({middle, input.end()}, AnswerMood::Late, seed + 1, &before);
            if (std::string why = late(base, whole, behind); !why.empty())
                return fmt::format("after {} rows: {}", before.fed, why);
        }
        return {};
    }

    /// The run fails, rows are rejected, or it was as if nothing had been: none goes without a word.
    std::string troubled(const Driven& base, const Driven& other) const {
        if (!other.problems.empty()) return other.problems.front();
        if (!other.status.ok()) return {};
        if (std::string why = broken(other); !why.empty()) return why;
        if (other.rejected.size() <= base.rejected.size()) return differs(base, other);
        for (std::size_t port = 0; port < base.ports.size(); ++port) {
            std::vector<std::string> whole = base.ports[port].rows, some = other.ports[port].rows;
            std::sort(whole.begin(), whole.end());
            std::sort(some.begin(), some.end());
            if (!std::includes(whole.begin(), whole.end(), some.begin(), some.end()))
                return "rows leave that would not have without the trouble";
        }
        std::size_t rows = 0, expected = 0;
        for (const PortLog& port : other.ports) rows += port.rows.size();
        for (const PortLog& port : base.ports) expected += port.rows.size();
        const std::size_t more = other.rejected.size() - base.rejected.size();
        if (rows + more >= expected) return {};
        return fmt::format("{} rows leave and {} are rejected, of {}", rows, more, expected);
    }

    std::string unbounded() const {
        std::vector<Feed> input;
        const std::vector<Feed> some =
            feeds(m_inputs.size(), batches(m_inputs.front(), sampleRows(kEndlessRows, 1), kTrialBatch));
        while (input.size() * kEndlessRows < 2 * kMostWaiting) input.insert(input.end(), some.begin(), some.end());
        DriveOptions options = m_options;
        options.answers = AnswerMood::Reluctant;
        options.leaves = true;
        const Driven driven = drive(m_kind, m_bound, m_inputs, input, options);
        if (driven.held <= kMostWaiting) return {};
        return fmt::format("{} rows wait at once", driven.held);
    }

    std::string said(const char* how, std::size_t size, unsigned seed, const std::string& why) const {
        return fmt::format("{} {}, {}seed {}, batches of {} rows: {}", m_kind.type, m_params.dump(), how,
                           seed, size, why);
    }

    const NodeKind& m_kind;
    const Json& m_params;
    std::vector<StreamType> m_inputs{};
    BoundNodeRef m_bound{};
    DriveOptions m_options{};
};

}  // namespace

std::string waitingFault(const NodeKind& general, const Json& params) {
    return WaitingTrial(withPorts(general, params), params).fault();
}

}  // namespace rw::test
