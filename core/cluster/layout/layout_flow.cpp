#include "core/cluster/layout/layout_flow.h"

#include <algorithm>

namespace rw {

namespace {

using Rows = std::optional<std::uint64_t>;

/// An equation: a port gives as many rows as these together, and a counted number.
struct Sum {
    std::size_t port = 0;
    std::vector<std::size_t> of{};
    Rows besides = 0;
};

void add(Rows& sum, const Rows& more) {
    if (sum && more) {
        *sum += *more;
    } else {
        sum.reset();
    }
}

/// Counters are of slightly different moments: the one that is furthest is the newest.
template <class T>
void raise(std::optional<T>& value, const std::optional<T>& to) {
    if (to && (!value || *value < *to)) value = to;
}

class Flow {
 public:
    Flow(const LayoutNet& net, const LayoutFacts& facts, const std::vector<OperatorCounters>& counters)
        : m_net(net),
          m_facts(facts),
          m_counters(counters),
          m_rows(net.ports.size()),
          m_watermarks(net.ports.size()),
          m_late(net.nodes.size()) {}

    JobFigures run(std::size_t wires) {
        takeCounts();
        spreadRows();
        takeWatermarks();
        spreadWatermarks();
        takeGuards();
        JobFigures figures;
        for (std::size_t node = 0; node < m_net.nodes.size(); ++node)
            figures.nodes[m_net.nodes[node].id] = figuresOfNode(node);
        addSourceRows(figures);
        addSubflows(figures);
        addWires(figures, wires);
        return figures;
    }

 private:
    const OperatorCounters& counter(std::size_t made) const {
        static const OperatorCounters kNone;
        return made < m_counters.size() ? m_counters[made] : kNone;
    }

    Rows sumOf(const LayoutCount& count) const {
        Rows sum = 0;
        for (const std::size_t made : count.operators)
            add(sum, count.in ? counter(made).rowsIn : counter(made).rowsOut);
        return sum;
    }

    void takeCounts() {
        for (const LayoutCount& count : m_facts.counts) {
            const Rows sum = sumOf(count);
            if (count.late) {
                m_sums.push_back({count.port, {*count.late}, sum});
            } else {
                raise(m_rows[count.port], sum);
            }
        }
    }

    /// The equations of nodes.
    void addSums() {
        for (const LayoutNode& node : m_net.nodes) {
            if (node.inputs.size() != 1 || node.inputs[0].from.empty() || node.outputs.empty()) continue;
            const std::vector<std::size_t>& from = node.inputs[0].from;
            const std::size_t out = node.outputs[0];
            const bool single = from.size() == 1;
            if (node.kind->role == LayoutRole::Union || (node.kind->role == LayoutRole::Pass && single)) {
                m_sums.push_back({out, from, 0});
                if (single) m_sums.push_back({from[0], {out}, 0});
            }
            // It rejects the rows that it does not let go on.
            if (node.kind->type == "event_time" && single) m_sums.push_back({from[0], node.outputs, 0});
        }
    }

    void spreadRows() {
        addSums();
        for (bool more = true; more;) {
            more = false;
            for (const Sum& sum : m_sums) {
                if (m_rows[sum.port]) continue;
                Rows rows = sum.besides;
                for (const std::size_t port : sum.of) add(rows, m_rows[port]);
                m_rows[sum.port] = rows;
                more = more || rows.has_value();
            }
        }
    }

    void takeWatermarks() {
        for (const LayoutWatermark& each : m_facts.watermarks) {
            if (m_net.ports[each.port].timed)
                raise(m_watermarks[each.port], counter(each.reader).inputWatermark);
        }
    }

    /// Nodes without an operator of their own send on the watermark that reaches them.
    void spreadWatermarks() {
        for (bool more = true; more;) {
            more = false;
            for (const LayoutNode& node : m_net.nodes) {
                const LayoutRole role = node.kind->role;
                if (role != LayoutRole::Pass && role != LayoutRole::Drop) continue;
                if (node.inputs.size() != 1 || node.inputs[0].from.size() != 1) continue;
                for (const std::size_t out : node.outputs) {
                    if (m_net.ports[out].role != PortRole::Rows) continue;
                    more = sameWatermark(node.inputs[0].from[0], out) || more;
                }
            }
        }
    }

    bool sameWatermark(std::size_t one, std::size_t other) {
        if (!m_net.ports[one].timed || !m_net.ports[other].timed) return false;
        std::optional<Instant>&a = m_watermarks[one], &b = m_watermarks[other];
        if (a.has_value() == b.has_value()) return false;
        if (a) {
            b = a;
        } else {
            a = b;
        }
        return true;
    }

    void takeGuards() {
        for (const LayoutGuard& guard : m_facts.guards) raise(m_late[guard.node], lateAt(guard));
    }

    Rows lateAt(const LayoutGuard& guard) const {
        const Rows all = counter(guard.chain.front()).rowsIn;
        for (const std::size_t made : guard.chain) {
            const OperatorCounters& of = counter(made);
            if (!all || of.rowsIn != all) return std::nullopt;
            if (made != guard.chain.back() && of.rowsOut != all) return std::nullopt;
        }
        const Rows onTime = counter(guard.chain.back()).rowsOut;
        if (!onTime || *onTime > *all) return std::nullopt;
        return *all - *onTime;
    }

    /// Of the ports of a role, when all of them are known.
    Rows rowsOf(const LayoutNode& node, PortRole role) const {
        Rows sum;
        bool first = true;
        for (const std::size_t port : node.outputs) {
            if (m_net.ports[port].role != role) continue;
            if (first) sum = 0;
            first = false;
            add(sum, m_rows[port]);
        }
        return sum;
    }

    NodeFigures figuresOfNode(std::size_t index) const {
        const LayoutNode& node = m_net.nodes[index];
        NodeFigures out;
        if (!node.inputs.empty()) {
            out.rowsIn = 0;
            for (const LayoutInput& input : node.inputs) {
                if (input.from.empty()) out.rowsIn.reset();
                for (const std::size_t port : input.from) add(out.rowsIn, m_rows[port]);
            }
        }
        out.rowsOut = rowsOf(node, PortRole::Rows);
        out.late = rowsOf(node, PortRole::Late);
        if (!out.late) out.late = m_late[index];
        out.rejected = rowsOf(node, PortRole::Rejected);
        if (node.kind->role == LayoutRole::Source && !out.rowsOut) out.rowsOut = linesRead(index);
        const auto own = m_facts.operators.find(index);
        if (own != m_facts.operators.end() && own->second.size() == 1) {
            const OperatorCounters& of = counter(*own->second.begin());
            out.busy = of.busy;
            out.backpressure = of.backpressure;
            if (node.kind->role == LayoutRole::Operator) out.watermark = of.inputWatermark;
        }
        if (!out.watermark) out.watermark = watermarkAt(node);
        return out;
    }

    /// With the header, and rows that are rejected. A source that is read several times is read as a whole by
    /// each.
    Rows linesRead(std::size_t index) const {
        Rows lines;
        const auto own = m_facts.operators.find(index);
        if (own == m_facts.operators.end()) return lines;
        for (const std::size_t scan : own->second) raise(lines, counter(scan).rowsOut);
        return lines;
    }

    /// Of the rows that leave it, or, where nothing has its own clock between, that reach it.
    std::optional<Instant> watermarkAt(const LayoutNode& node) const {
        if (node.kind->role == LayoutRole::Operator) return std::nullopt;
        std::optional<Instant> out;
        for (const std::size_t port : node.outputs) {
            if (m_net.ports[port].role == PortRole::Rows) raise(out, m_watermarks[port]);
        }
        if (node.kind->role == LayoutRole::Sink && node.inputs.size() == 1 && node.inputs[0].from.size() == 1)
            raise(out, m_watermarks[node.inputs[0].from[0]]);
        return out;
    }

    void addSourceRows(JobFigures& figures) const {
        for (const LayoutNode& node : m_net.nodes) {
            if (!node.inputs.empty()) continue;
            const Rows& rows = figures.nodes[node.id].rowsOut;
            if (!rows) {
                figures.sourceRows.reset();
                return;
            }
            figures.sourceRows = figures.sourceRows.value_or(0) + *rows;
        }
    }

    void addSubflows(JobFigures& figures) const {
        const auto sum = [&figures](const std::vector<NodeId>& ports, Rows NodeFigures::*rows) {
            Rows out;
            for (std::size_t i = 0; i < ports.size(); ++i) {
                const auto port = figures.nodes.find(ports[i]);
                if (i == 0) out = 0;
                add(out, port == figures.nodes.end() ? Rows() : port->second.*rows);
            }
            return out;
        };
        std::map<NodeId, NodeFigures> sums;
        for (const auto& [id, subflow] : m_net.subflows) {
            sums[id].rowsIn = sum(subflow.inputs, &NodeFigures::rowsIn);
            sums[id].rowsOut = sum(subflow.outputs, &NodeFigures::rowsOut);
        }
        figures.nodes.merge(sums);
    }

    /// A wire behind a node that is switched off carries rows of several ports, one before it the rows of
    /// one port to several readers.
    void addWires(JobFigures& figures, std::size_t wires) const {
        std::vector<std::set<std::size_t>> from(wires);
        for (const LayoutWire& wire : m_net.wires) {
            for (const std::size_t drawn : wire.drawn) {
                if (drawn < wires) from[drawn].insert(wire.from);
            }
        }
        figures.wires.resize(wires);
        for (std::size_t i = 0; i < wires; ++i) {
            if (from[i].empty()) continue;
            figures.wires[i] = 0;
            for (const std::size_t port : from[i]) add(figures.wires[i], m_rows[port]);
        }
    }

    const LayoutNet& m_net;
    const LayoutFacts& m_facts;
    const std::vector<OperatorCounters>& m_counters;
    std::vector<Rows> m_rows;                          ///< that left by each port
    std::vector<std::optional<Instant>> m_watermarks;  ///< of the rows that left by it
    std::vector<Rows> m_late;                          ///< of nodes, by their guards
    std::vector<Sum> m_sums{};
};

}  // namespace

JobFigures figuresOf(const LayoutNet& net, const LayoutFacts& facts,
                     const std::vector<OperatorCounters>& counters, std::size_t wires) {
    return Flow(net, facts, counters).run(wires);
}

}  // namespace rw
