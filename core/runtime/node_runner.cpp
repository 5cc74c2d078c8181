#include "core/runtime/node_runner.h"

#include <chrono>

#include "core/data/text.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

std::int64_t nanosNow() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

NodeRunner::NodeRunner(RunShared& shared, const PlannedNode& node, NodeCounters& counters, StageTime& time,
                       std::unique_ptr<Operator> op)
    : m_shared(shared), m_node(node), m_counters(counters), m_time(time), m_operator(std::move(op)) {
    const Json& params = shared.plan.pipeline.find(node.node)->params;
    m_failsOnError = params.contains("on_error") && params["on_error"] == "fail";
    for (std::size_t port = 0; port < node.kind->outputs.size(); ++port) {
        PortState state;
        state.role = node.kind->outputs[port].role;
        state.schema = node.bound->outputs[port].schema;
        state.eventTime = node.bound->outputs[port].eventTime;
        if (state.role == PortRole::Rejected) m_rejectedPort = static_cast<int>(port);
        m_ports.push_back(std::move(state));
    }
    if (m_operator) m_operator->outputPorts = static_cast<int>(m_ports.size());
}

void NodeRunner::addChild(int outputPort, NodeRunner& child, int childPort, const std::vector<int>& wires) {
    addTarget(outputPort, {&child, childPort, nullptr}, wires);
}

void NodeRunner::addSender(int outputPort, Sender& sender, const std::vector<int>& wires) {
    addTarget(outputPort, {nullptr, 0, &sender}, wires);
}

void NodeRunner::addTarget(int outputPort, Target target, const std::vector<int>& wires) {
    PortState& port = m_ports[static_cast<std::size_t>(outputPort)];
    port.targets.push_back(target);
    std::vector<int> way;
    for (const int wire : wires) {
        way.push_back(wire);
        // Behind a union several consumers share the wires that lead to it; what flows there flows once.
        if (port.ways.insert(way).second) port.wires.push_back(wire);
    }
}

template <class Call>
void NodeRunner::call(Call&& body) {
    if (m_shared.failed.load(std::memory_order_relaxed)) return;
    const std::int64_t outer = m_time.nestedNanos;
    m_time.nestedNanos = 0;
    const std::int64_t began = nanosNow();
    const Status status = body();
    const std::int64_t took = nanosNow() - began;
    m_counters.busyNanos.fetch_add(took - m_time.nestedNanos, std::memory_order_relaxed);
    m_time.nestedNanos = outer + took;
    if (!status.ok()) m_shared.fail(status.at(m_node.node));
}

void NodeRunner::receive(int port, const Batch& batch) {
    if (batch.rows == 0) return;
    m_counters.rowsIn.fetch_add(batch.rows, std::memory_order_relaxed);
    call([&] { return m_operator->onBatch(port, batch, *this); });
}

void NodeRunner::portAdvanced(int port, Instant watermark) {
    m_counters.inputWatermarks[static_cast<std::size_t>(port)].store(watermark, std::memory_order_relaxed);
    call([&] { return m_operator->onPortWatermark(port, watermark, *this); });
}

void NodeRunner::advance(Instant watermark) {
    if (watermark <= m_watermark) return;
    m_watermark = watermark;
    if (!m_node.bound->gainsStamps) m_counters.watermark.store(watermark, std::memory_order_relaxed);
    call([&] { return m_operator->onWatermark(watermark, *this); });
    if (m_rejectedPort >= 0) this->watermark(m_rejectedPort, watermark);
}

void NodeRunner::settle() {
    flushRejected();
    for (PortState& port : m_ports) {
        for (const Target& target : port.targets) {
            if (target.sender) {
                target.sender->settle(port.watermark);
            } else {
                target.child->advance(port.watermark);
                target.child->settle();
            }
        }
    }
}

void NodeRunner::end(Control control) {
    if (m_operator) {
        call([&] { return m_operator->onEnd(*this); });
        measure();
    }
    if (control == Control::End) watermarkEverywhere(kMaxTimestamp);
    settle();
    for (PortState& port : m_ports) {
        for (const Target& target : port.targets) {
            if (target.sender) {
                target.sender->end(control, port.watermark);
            } else {
                target.child->end(control);
            }
        }
    }
    m_counters.ended.store(true, std::memory_order_relaxed);
}

void NodeRunner::measure() {
    const Operator::StateSize size = m_operator->stateSize();
    m_counters.stateBytes.store(size.bytes, std::memory_order_relaxed);
    m_counters.stateKeys.store(size.keys, std::memory_order_relaxed);
}

void NodeRunner::emit(int portIndex, Batch batch) {
    if (batch.rows == 0) return;
    PortState& port = m_ports[static_cast<std::size_t>(portIndex)];
    batch.schema = port.schema;
    batch.watermark = port.watermark;
    batch.control = Control::None;
    batch.wire = 0;
    if (port.role == PortRole::Rows) m_counters.rowsOut.fetch_add(batch.rows, std::memory_order_relaxed);
    m_shared.taps.at(m_node.node)[static_cast<std::size_t>(portIndex)].push(batch);
    if (port.role == PortRole::Late) m_shared.kept.addLate(m_node.node, batch, port.eventTime);
    for (const int wire : port.wires) {
        m_shared.wireRows[static_cast<std::size_t>(wire)].fetch_add(batch.rows, std::memory_order_relaxed);
    }
    for (const Target& target : port.targets) {
        if (target.sender) {
            target.sender->send(batch);
        } else {
            target.child->receive(target.childPort, batch);
        }
    }
}

void NodeRunner::watermark(int port, Instant watermark) {
    Instant& known = m_ports[static_cast<std::size_t>(port)].watermark;
    known = std::max(known, watermark);
    // A node that gives rows their stamps is like a source: its watermark is the one that it sends.
    if (port == 0 && m_node.bound->gainsStamps) m_counters.watermark.store(known, std::memory_order_relaxed);
}

void NodeRunner::watermarkEverywhere(Instant watermark) {
    m_counters.watermark.store(watermark, std::memory_order_relaxed);
    for (std::size_t port = 0; port < m_ports.size(); ++port)
        this->watermark(static_cast<int>(port), watermark);
}

Status NodeRunner::reject(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    return rejectText(rowText(batch, row), position, reason);
}

Status NodeRunner::rejectText(const std::string& row, std::int64_t position, const Text& reason) {
    m_counters.rejected.fetch_add(1, std::memory_order_relaxed);
    if (m_failsOnError) {
        const std::string number = position < 0 ? "?" : std::to_string(position + 1);
        return Status(ErrorCode::Row,
                      RW_TEXT("run", "Row %1 failed: %2 The row: “%3”.").with(number, reason, row),
                      RW_TEXT("run", "Mend the row, or set “on_error” to “reject” to go on without it."))
            .at(m_node.node);
    }
    m_shared.kept.addRejected(m_node.node, reason, row, position);
    if (m_rejectedPort < 0 || m_ports[static_cast<std::size_t>(m_rejectedPort)].targets.empty()) return {};
    if (m_rejected.empty()) {
        for (const Field& field : rejectedStream().schema->fields) m_rejected.emplace_back(field.type);
    }
    m_rejected[0].appendString(m_node.node);
    m_rejected[1].appendString(english(reason));
    m_rejected[2].appendString(row);
    if (position < 0) {
        m_rejected[3].appendNull();
    } else {
        m_rejected[3].append(position + 1);
    }
    return {};
}

void NodeRunner::flushRejected() {
    if (m_rejected.empty() || m_rejected.front().size() == 0) return;
    Batch batch;
    batch.rows = m_rejected.front().size();
    for (ColumnBuilder& builder : m_rejected) batch.columns.push_back(builder.finish());
    emit(m_rejectedPort, std::move(batch));
}

void NodeRunner::countLate(std::size_t rows, Millis largest) {
    m_counters.late.fetch_add(rows, std::memory_order_relaxed);
    if (largest > m_counters.largestLateBy.load(std::memory_order_relaxed)) {
        m_counters.largestLateBy.store(largest, std::memory_order_relaxed);
    }
}

}  // namespace rw
