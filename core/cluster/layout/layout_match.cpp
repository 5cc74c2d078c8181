#include "core/cluster/layout/layout_match.h"

#include <algorithm>
#include <map>

#include "core/cluster/layout/operator_text.h"

namespace rw {

namespace {

using Operators = std::vector<std::size_t>;

/// Rows on their way from some operators, several after a union, to their reader.
struct Stream {
    Operators feeds{};
    std::optional<std::size_t> reader{};  ///< the nearest operator that takes these rows and no others
    Operators passed{};                   ///< the operators between, the nearest to the reader first
    bool filtered = false;                ///< by a condition there
};

/// The result of a search upwards from a place.
struct Found {
    bool whole = false;  ///< it is as the nodes are, up to the tables
    /// No condition from below can have been put into it.
    bool untouched = false;
};

/// An operator that is a node's, with the operators above it.
struct Own {
    Found found{};
    std::size_t made = 0;
    std::vector<LayoutCount> counts{};
    std::optional<LayoutGuard> guard{};
};

class Matcher {
 public:
    Matcher(const LayoutNet& net, const FlinkGraph& graph)
        : m_net(net), m_operators(graph.operators), m_readers(net.ports.size()), m_inJob(net.nodes.size()) {
        for (std::size_t node = 0; node < net.nodes.size(); ++node) {
            for (const LayoutInput& input : net.nodes[node].inputs) {
                for (const std::size_t port : input.from) m_readers[port].push_back(node);
            }
        }
    }

    LayoutFacts run(const std::vector<NodeId>& sinks) {
        Operators writers;
        for (std::size_t i = 0; i < m_operators.size(); ++i) {
            if (m_operators[i].type == "StreamingFileWriter") writers.push_back(i);
        }
        if (writers.size() != sinks.size()) return {};
        std::vector<std::size_t> nodes;
        for (const NodeId& sink : sinks) {
            const auto node = m_net.find(sink);
            if (!node || m_net.nodes[*node].kind->role != LayoutRole::Sink) return {};
            const auto& inputs = m_net.nodes[*node].inputs;
            if (inputs.size() != 1 || inputs[0].from.size() != 1) return {};
            nodes.push_back(*node);
            markJob(*node);
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const std::size_t port = m_net.nodes[nodes[i]].inputs[0].from[0];
            m_facts.operators[nodes[i]].insert(writers[i]);
            addCount({port, m_operators[writers[i]].inputs, false, {}});
            trace(port, {m_operators[writers[i]].inputs, {}, {}, false});
        }
        return std::move(m_facts);
    }

 private:
    void markJob(std::size_t node) {
        if (m_inJob[node]) return;
        m_inJob[node] = true;
        for (const LayoutInput& input : m_net.nodes[node].inputs) {
            for (const std::size_t port : input.from) markJob(m_net.ports[port].node);
        }
    }

    /// Whether a node below has a condition that Flink could test above this one.
    bool conditionBelow(std::size_t node) {
        const auto known = m_below.find(node);
        if (known != m_below.end()) return known->second;
        bool below = false;
        for (const std::size_t port : m_net.nodes[node].outputs) {
            for (const std::size_t reader : m_readers[port])
                below = below || (m_inJob[reader] &&
                                  (m_net.nodes[reader].kind->conditional || conditionBelow(reader)));
        }
        m_below[node] = below;
        return below;
    }

    void addCount(LayoutCount count) {
        // Changes are counted there as Flink sends them, which is not as we do.
        if (!m_net.ports[count.port].updating) m_facts.counts.push_back(std::move(count));
    }

    /// Goes up past operators that only pass rows.
    void pass(Stream& stream) const {
        while (stream.feeds.size() == 1 && isPassage(m_operators[stream.feeds[0]])) {
            const std::size_t made = stream.feeds[0];
            const auto condition = conditionOf(m_operators[made]);
            if (condition && !isSortCount(*condition)) stream.filtered = true;
            stream.reader = made;
            stream.passed.push_back(made);
            stream.feeds = m_operators[made].inputs;
        }
    }

    /// The operator that rows come from, of that type.
    const FlinkOperator* from(const Stream& stream, std::string_view type) const {
        const bool right = stream.feeds.size() == 1 && m_operators[stream.feeds[0]].type == type;
        return right ? &m_operators[stream.feeds[0]] : nullptr;
    }

    /// `stream` is the rows that leave by `port`, or some of them.
    Found trace(std::size_t port, Stream stream) {
        pass(stream);
        const auto key = std::make_pair(port, stream.feeds);
        auto known = m_known.find(key);
        // A search that comes upon itself finds nothing.
        if (known == m_known.end()) {
            m_known[key] = {};
            const Found found = above(port, {stream.feeds, stream.reader, {}, false});
            known = m_known.insert_or_assign(key, found).first;
        }
        Found found = known->second;
        if (found.whole && stream.reader) m_facts.watermarks.push_back({port, *stream.reader});
        found.untouched = found.untouched && !stream.filtered;
        return found;
    }

    Found above(std::size_t port, const Stream& stream) {
        const LayoutPort& out = m_net.ports[port];
        const LayoutNode& node = m_net.nodes[out.node];
        if (!node.typed) return {};
        switch (node.kind->role) {
            case LayoutRole::Source:
                return source(node, stream);
            case LayoutRole::Union:
                return united(node, stream);
            case LayoutRole::Pass:
            case LayoutRole::Drop:
                return melted(node, out, stream);
            case LayoutRole::Operator:
                if (out.role == PortRole::Rejected) return noRows(stream);
                return out.role == PortRole::Late ? lateRows(node, out, stream) : own(node, port, stream);
            case LayoutRole::Sink:
            case LayoutRole::Other:
                break;
        }
        return {};
    }

    Found source(const LayoutNode& node, Stream stream) {
        if (node.kind->type == "rows") return noRows(stream);
        if (const FlinkOperator* assigner = from(stream, "WatermarkAssigner")) {
            stream.feeds = assigner->inputs;
            pass(stream);
        }
        const FlinkOperator* scan = from(stream, "TableSourceScan");
        const std::string table = scan == nullptr ? std::string() : scannedTable(*scan);
        if (table != node.id && table != node.id + "$cells") return {};
        m_facts.operators[indexOf(node)].insert(stream.feeds[0]);
        return {true, false};
    }

    /// A table of rows by hand, or of none.
    Found noRows(const Stream& stream) const {
        for (const std::size_t feed : stream.feeds) {
            Stream one{{feed}, {}, {}, false};
            pass(one);
            if (from(one, "Values") == nullptr) return {};
        }
        return {!stream.feeds.empty(), false};
    }

    Found melted(const LayoutNode& node, const LayoutPort& out, const Stream& stream) {
        if (out.role == PortRole::Rejected && node.kind->type != "event_time") return noRows(stream);
        if (node.inputs.size() != 1 || node.inputs[0].from.size() != 1) return {};
        Found found = trace(node.inputs[0].from[0], stream);
        if (node.kind->role == LayoutRole::Drop) found.untouched = false;
        return found;
    }

    /// How many operators the rows of a port come from where nothing stands between.
    std::size_t leavesOf(std::size_t port, std::size_t depth = 0) const {
        const LayoutNode& node = m_net.nodes[m_net.ports[port].node];
        const LayoutRole role = node.kind->role;
        if (role == LayoutRole::Operator) return node.fullJoin ? 2 : 1;
        const bool passes = role == LayoutRole::Union || role == LayoutRole::Pass || role == LayoutRole::Drop;
        if (!passes || node.inputs.size() != 1 || depth > m_net.nodes.size()) return 1;
        std::size_t leaves = 0;
        for (const std::size_t before : node.inputs[0].from) {
            leaves += leavesOf(before, depth + 1);
            if (leaves > m_operators.size()) break;
        }
        return leaves;
    }

    /// Which of the operators belong to which of the ports; nothing: it can't be told.
    std::optional<std::vector<Operators>> split(const Operators& feeds,
                                                const std::vector<std::size_t>& ports) {
        std::vector<std::size_t> each(ports.size(), 1);
        if (feeds.size() != ports.size()) {
            for (std::size_t i = 0; i < ports.size(); ++i) each[i] = leavesOf(ports[i]);
        }
        std::vector<Operators> parts;
        std::size_t at = 0;
        for (const std::size_t count : each) {
            if (count > feeds.size() - at) return std::nullopt;
            const auto first = feeds.begin() + static_cast<std::ptrdiff_t>(at);
            parts.emplace_back(first, first + static_cast<std::ptrdiff_t>(count));
            at += count;
        }
        if (at != feeds.size()) return std::nullopt;
        return parts;
    }

    Found united(const LayoutNode& node, const Stream& stream) {
        if (node.inputs.size() != 1 || node.inputs[0].from.empty()) return {};
        const Operators& ports = node.inputs[0].from;
        if (ports.size() == 1) return trace(ports[0], stream);
        const auto parts = split(stream.feeds, ports);
        if (!parts) return {};
        Found all{true, true};
        for (std::size_t i = 0; i < ports.size(); ++i) {
            const Found one = trace(ports[i], {(*parts)[i], {}, {}, false});
            all = {all.whole && one.whole, all.untouched && one.untouched};
            // A condition below the union is tested in each of its branches.
            if (one.whole && countsRight(node, one)) addCount({ports[i], (*parts)[i], false, {}});
        }
        return all;
    }

    /// Late rows: from a window function of their own, or from the input of the node.
    Found lateRows(const LayoutNode& node, const LayoutPort& out, Stream stream) {
        const std::size_t input = out.name == "late_right" ? 1 : 0;
        if (input >= node.inputs.size() || node.inputs[input].from.size() != 1) return {};
        const std::size_t before = node.inputs[input].from[0];
        std::optional<std::size_t> function;
        const FlinkOperator* windows = node.kind->windows ? from(stream, "WindowTableFunction") : nullptr;
        if (windows != nullptr && ownsWindow(node)) {
            function = stream.feeds[0];
            stream = {windows->inputs, function, {}, false};
        }
        const bool whole = trace(before, stream).whole;
        // Nothing is tested above a window function that stands below it.
        if (whole && function) addCount({before, {*function}, true, {}});
        return {whole, false};
    }

    static bool ownsWindow(const LayoutNode& node) { return node.window != "INPUT"; }

    Found own(const LayoutNode& node, std::size_t port, const Stream& stream) {
        if (node.fullJoin) return fullJoin(node, port, stream);
        if (stream.feeds.size() != 1) return {};
        const Own mine = operatorOf(node, stream.feeds[0], false);
        if (!mine.found.whole) return {};
        take(node, mine);
        if (countsRight(node, mine.found)) addCount({port, {mine.made}, false, {}});
        return mine.found;
    }

    /// Rows of the left with their matches, and besides rows of the right without a match.
    Found fullJoin(const LayoutNode& node, std::size_t port, const Stream& stream) {
        if (stream.feeds.size() != 2) return {};
        Stream pairs{{stream.feeds[0]}, {}, {}, false}, alone{{stream.feeds[1]}, {}, {}, false};
        pass(pairs);
        pass(alone);
        if (pairs.feeds.size() != 1 || alone.feeds.size() != 1) return {};
        const Own left = operatorOf(node, pairs.feeds[0], false);
        const Own right = operatorOf(node, alone.feeds[0], true);
        Found found{left.found.whole && right.found.whole,
                    left.found.untouched && right.found.untouched && !pairs.filtered && !alone.filtered};
        if (!found.whole) return found;
        take(node, left);
        take(node, right);
        if (countsRight(node, found)) addCount({port, {left.made, right.made}, false, {}});
        return found;
    }

    bool countsRight(const LayoutNode& node, const Found& found) {
        return found.untouched || !conditionBelow(indexOf(node));
    }

    void take(const LayoutNode& node, const Own& mine) {
        m_facts.operators[indexOf(node)].insert(mine.made);
        for (const LayoutCount& count : mine.counts) addCount(count);
        if (mine.guard) m_facts.guards.push_back(*mine.guard);
    }

    Own operatorOf(const LayoutNode& node, std::size_t made, bool swapped) {
        Own mine;
        mine.made = made;
        const auto& types = node.kind->operators;
        if (std::find(types.begin(), types.end(), m_operators[made].type) == types.end()) return {};
        std::size_t base = made;  // the one that takes the rows of the node
        const Operators& before = m_operators[made].inputs;
        if (before.size() == 1 && m_operators[before[0]].type == node.kind->local) base = before[0];
        std::vector<std::size_t> inputs, ports;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            if (node.inputs[i].from.size() != 1) return {};
            inputs.push_back(i);
        }
        if (swapped) std::reverse(inputs.begin(), inputs.end());
        for (const std::size_t input : inputs) ports.push_back(node.inputs[input].from[0]);
        std::vector<Operators> sides{m_operators[base].inputs};
        if (ports.size() > 1) {
            const auto parts = split(m_operators[base].inputs, ports);
            if (!parts) return {};
            sides = *parts;
        }
        mine.found = {true, true};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const Found side = enter(node, inputs[i], base, sides[i], mine);
            mine.found = {mine.found.whole && side.whole, mine.found.untouched && side.untouched};
        }
        return mine;
    }

    /// The rows of an input on their way into the operator `base`.
    Found enter(const LayoutNode& node, std::size_t input, std::size_t base, const Operators& feeds,
                Own& mine) {
        const bool single = node.inputs.size() == 1;
        Stream stream{feeds, {}, {}, false};
        if (single) stream.reader = base;
        if (node.kind->windows && ownsWindow(node)) {
            Stream windows = stream;
            pass(windows);
            if (from(windows, "WindowTableFunction") != nullptr)
                return throughWindow(node, input, windows, mine);
            // Windows of rows that were made need no function: the operator assigns them.
            const bool assigns = m_operators[base].text.find("time_col=") != std::string::npos;
            if (!assigns || !rightWindow(node, m_operators[base])) return {};
        }
        std::size_t entry = base;
        bool alone = single;
        if (node.kind->type == "temporal_join" && input == 1) {
            const auto count = versionsFrom(stream);
            if (!count) return {};
            entry = *count;
            alone = true;
            stream = {m_operators[entry].inputs, entry, {}, stream.filtered};
        }
        const std::size_t before = node.inputs[input].from[0];
        Found found = trace(before, stream);
        found.untouched = found.untouched && !stream.filtered;
        if (found.whole) addEntry(node, input, found, alone ? Operators{entry} : feeds, alone, mine);
        return found;
    }

    void addEntry(const LayoutNode& node, std::size_t input, const Found& found, Operators operators, bool in,
                  Own& mine) {
        const bool condition = node.kind->conditional || conditionBelow(indexOf(node));
        const LayoutInput& side = node.inputs[input];
        if ((condition && !found.untouched) || (side.guarded && !side.late)) return;
        mine.counts.push_back(
            {side.from[0], std::move(operators), in, side.guarded ? side.late : std::nullopt});
    }

    static bool rightWindow(const LayoutNode& node, const FlinkOperator& made) {
        return node.window.empty() || hasWindow(made, node.window);
    }

    /// No condition is tested above a window function that stands below it: it takes all rows there are.
    Found throughWindow(const LayoutNode& node, std::size_t input, const Stream& stream, Own& mine) {
        const std::size_t function = stream.feeds[0];
        if (!rightWindow(node, m_operators[function])) return {};
        const std::size_t before = node.inputs[input].from[0];
        const bool whole = trace(before, {m_operators[function].inputs, function, {}, false}).whole;
        if (!whole) return {};
        mine.counts.push_back({before, {function}, true, {}});
        LayoutGuard guard{indexOf(node), {function}};
        std::size_t conditions = 0;
        bool guards = false;
        for (auto made = stream.passed.rbegin(); made != stream.passed.rend(); ++made) {
            const auto condition = conditionOf(m_operators[*made]);
            if (conditions == 0) guard.chain.push_back(*made);
            if (!condition) continue;
            ++conditions;
            guards = isWindowGuard(*condition);
        }
        // In other windows than these a row is several rows behind the function.
        const bool tumbles = node.inputs.size() == 1 && hasWindow(m_operators[function], "TUMBLE");
        if (tumbles && conditions == 1 && guards) mine.guard = std::move(guard);
        return {true, conditions == 0 || (conditions == 1 && guards)};
    }

    /// The right side of a temporal join is made a table of versions, in the order of their times: the
    /// operator that takes its rows.
    std::optional<std::size_t> versionsFrom(Stream& stream) const {
        pass(stream);
        const FlinkOperator* newest = from(stream, "Deduplicate");
        if (newest == nullptr) return std::nullopt;
        stream.feeds = newest->inputs;
        pass(stream);
        if (from(stream, "OverAggregate") == nullptr) return std::nullopt;
        return stream.feeds[0];
    }

    std::size_t indexOf(const LayoutNode& node) const {
        return static_cast<std::size_t>(&node - m_net.nodes.data());
    }

    const LayoutNet& m_net;
    const std::vector<FlinkOperator>& m_operators;
    std::vector<std::vector<std::size_t>> m_readers;  ///< of each port: nodes
    std::vector<bool> m_inJob;                        ///< nodes before some sink
    std::map<std::size_t, bool> m_below{};
    std::map<std::pair<std::size_t, Operators>, Found> m_known{};
    LayoutFacts m_facts{};
};

}  // namespace

LayoutFacts matchOperators(const LayoutNet& net, const FlinkGraph& graph, const std::vector<NodeId>& sinks) {
    return Matcher(net, graph).run(sinks);
}

}  // namespace rw
