#include "core/runtime/node_runner.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/runtime/fused_stage.h"
#include "core/runtime/metrics/stopwatch.h"
#include "core/sql/eval/work.h"
#include "core/stream/rejected.h"

namespace rw {

NodeRunner::NodeRunner(RunShared& shared, FusedStage& stage, std::size_t index, const PlannedNode& node,
                       NodeCounters& counters, std::unique_ptr<Operator> op, int instance)
    : m_shared(shared),
      m_stage(stage),
      m_index(index),
      m_node(node),
      m_counters(counters),
      m_operator(std::move(op)),
      m_hearsBarriers(dynamic_cast<BarrierListener*>(m_operator.get())),
      m_findsPairs(dynamic_cast<const FindsPairs*>(m_operator.get())),
      m_offered(node.inputs.size(), kMinTimestamp),
      m_inputWatermarks(node.inputs.size(), kMinTimestamp) {
    const Json& params = node.declared->params;
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
    if (auto* const changing = dynamic_cast<ChangingState*>(m_operator.get());
        changing && changing->writesChanges())
        m_changes = std::make_unique<ChangesWriter>(shared.barriers, *changing, node.operatorId, instance);
}

void NodeRunner::addChild(int outputPort, NodeRunner& child, int childPort, int firstWire,
                          const std::vector<int>& wires) {
    PortState& port = m_ports[static_cast<std::size_t>(outputPort)];
    port.targets.push_back({&child, childPort, firstWire, nullptr, wires});
    child.m_feeds.push_back(
        {this, static_cast<std::size_t>(outputPort), static_cast<std::size_t>(childPort)});
    addWires(port, wires);
}

void NodeRunner::addSender(int outputPort, Sender& sender, const std::vector<int>& wires) {
    PortState& port = m_ports[static_cast<std::size_t>(outputPort)];
    port.targets.push_back({nullptr, 0, 0, &sender, wires});
    addWires(port, wires);
}

void NodeRunner::addWires(PortState& port, const std::vector<int>& wires) {
    // Ways past the same disabled node share the wire that leads to it; rows flow there once.
    for (const int wire : wires) {
        if (std::find(port.wires.begin(), port.wires.end(), wire) == port.wires.end())
            port.wires.push_back(wire);
    }
}

void NodeRunner::leaveUnwanted() {
    bool led = false, leads = false;
    for (PortState& port : m_ports) {
        led = led || !port.targets.empty();
        std::erase_if(port.targets, [](const Target& target) {
            return target.sender ? target.sender->closed() : !target.child->m_wanted;
        });
        leads = leads || !port.targets.empty();
        port.wires.clear();
        for (const Target& target : port.targets) addWires(port, target.wires);
    }
    if (led) m_wanted = leads;
}

template <class Call>
void NodeRunner::call(Call&& body) {
    if (m_shared.failed.load(std::memory_order_relaxed)) return;
    const std::int64_t began = stopwatchNanos();
    Status status;
    {
        const InCall inCall(m_counters, began);
        // A call may have much to compute, and a run that is stopped does not wait for it.
        const sql::Interruptible call(
            [this] { return m_shared.failed.load(std::memory_order_relaxed) || m_shared.shouldAbandon(); });
        status = body();
        m_more = m_operator->hasMore();
        if (call.happened()) {
            m_more = m_left = true;
            status = {};
        }
    }
    m_counters.busyNanos.fetch_add(stopwatchNanos() - began, std::memory_order_relaxed);
    forwardNotes();
    if (!status.ok()) m_shared.fail(status.at(m_node.node));
    holdToLimit();
    flushRejected();
    if (m_shared.record.stepping.armed()) {
        if (auto halt = m_shared.record.stepping.called(m_node.node)) m_shared.halt(std::move(*halt));
    }
    if (m_more) listBusy();
}

void NodeRunner::forwardNotes() {
    if (std::vector<Text> notes = m_operator->takeNotes(); !notes.empty())
        m_shared.note(m_node.node, std::move(notes));
}

void NodeRunner::listBusy() {
    if (m_listed) return;
    m_listed = true;
    m_stage.listBusy(m_index);
}

void NodeRunner::enqueue(int port, Batch batch) {
    if ((batch.rows == 0 && batch.control != Control::WatermarkAdvance) || m_left) return;
    m_waiting.push_back({port, std::move(batch)});
    listBusy();
}

void NodeRunner::work() {
    m_listed = false;
    if (m_more) {
        call([&] { return m_operator->resume(*this); });
    } else if (!m_waiting.empty()) {
        const Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (next.batch.control == Control::WatermarkAdvance) {
            applyAdvance(next.batch);
            if (!m_waiting.empty()) listBusy();
            return;
        }
        m_counters.rowsIn.fetch_add(next.batch.rows, std::memory_order_relaxed);
        m_arrived = std::max(m_arrived, next.batch.arrived);
        call([&] { return m_operator->onBatch(next.port, next.batch, *this); });
    }
    if (m_more || !m_waiting.empty()) listBusy();
}

void NodeRunner::resumeNow() {
    m_more = true;
    listBusy();
    m_stage.settle();  // it may let a watermark go with its rows
}

/// Past nodes that let rows go on as they came, to those that give them new stamps; the others ignore it.
/// A node that holds rows back passes it on in its turn.
void NodeRunner::applyAdvance(const Batch& batch) {
    if (m_node.bound->assignsEventTime || m_node.bound->holdsRows()) {
        call([&] {
            m_operator->onPartition(batch.wire, batch.advancedTo, *this);
            return Status();
        });
    } else if (m_node.bound->distribution.kind == Distribution::Kind::Stateless) {
        passAdvance(batch.wire, batch.advancedTo);
    }
}

void NodeRunner::passAdvance(WireNumber wire, Instant advancedTo) {
    Batch mark;
    mark.control = Control::WatermarkAdvance;
    mark.advancedTo = advancedTo;
    for (const PortState& port : m_ports) {
        mark.schema = port.schema;
        for (const Target& target : port.targets) {
            mark.wire = wire;
            if (target.sender) {
                target.sender->passAdvance(mark);
            } else {
                mark.wire += firstWireOf(target.firstWire);
                target.child->enqueue(target.childPort, mark);
            }
        }
    }
}

void NodeRunner::wireWatermark(WireNumber wire, Instant watermark) {
    if (!m_counters.partitions) return;
    m_counters.partitions->put(wire, watermark);
    m_shared.alignment.moved();
}

bool NodeRunner::processWatermark() {
    if (m_left) return false;
    if (!m_feeds.empty()) {
        std::fill(m_offered.begin(), m_offered.end(), kMaxTimestamp);
        for (const Feed& feed : m_feeds) {
            m_offered[feed.port] =
                std::min(m_offered[feed.port], feed.from->m_ports[feed.fromPort].watermark);
        }
    }
    for (std::size_t port = 0; port < m_offered.size(); ++port) {
        if (m_offered[port] <= m_inputWatermarks[port]) continue;
        const Instant watermark = m_offered[port];
        m_inputWatermarks[port] = watermark;
        m_counters.inputWatermarks[port].store(watermark, std::memory_order_relaxed);
        if (m_offered.size() == 1) break;  // the port's watermark is the node's
        call([&] { return m_operator->onPortWatermark(static_cast<int>(port), watermark, *this); });
        return true;
    }
    if (m_inputWatermarks.empty()) return false;
    const Instant smallest = *std::min_element(m_inputWatermarks.begin(), m_inputWatermarks.end());
    if (smallest <= m_watermark) return false;
    m_watermark = smallest;
    if (!m_node.bound->assignsEventTime) m_counters.watermark.store(smallest, std::memory_order_relaxed);
    call([&] { return m_operator->onWatermark(smallest, *this); });
    if (!m_node.bound->assignsEventTime) tellStepping(smallest);
    // Of rows that are held some may be rejected yet: the operator tells all ports when they have gone.
    if (m_rejectedPort >= 0 && !holdsRows()) watermark(m_rejectedPort, smallest);
    return true;
}

bool NodeRunner::end(Control control) {
    if (!m_endCalled) {
        m_endCalled = true;
        if (m_operator && !m_left) {
            call([&] { return m_operator->onEnd(*this); });
            return true;
        }
    }
    if (m_operator) measure();
    if (control == Control::End) {
        if (m_counters.partitions) m_counters.partitions->end();
        watermarkEverywhere(kMaxTimestamp);
    }
    m_counters.ended.store(true, std::memory_order_relaxed);
    return false;
}

void NodeRunner::settleSenders() {
    for (PortState& port : m_ports) {
        for (const Target& target : port.targets) {
            if (target.sender) target.sender->settle(port.watermark);
        }
    }
}

void NodeRunner::endSenders(Control control) {
    for (PortState& port : m_ports) {
        for (const Target& target : port.targets) {
            if (target.sender) target.sender->end(control, port.watermark);
        }
    }
}

void NodeRunner::drop(PendingWork& left) {
    for (const Waiting& waiting : m_waiting) left.rows += waiting.batch.rows;
    m_waiting.clear();
    // Rows that wait for their time are left, too.
    left.unfinished = left.unfinished || m_more || (m_operator && wakesAt() != Operator::kNever);
    m_left = m_left || m_more;
    m_more = m_listed = false;
}

void NodeRunner::measure() {
    if (!m_operator) return;
    const Operator::StateSize size = m_operator->stateSize();
    tellStateBytes(size.bytes);
    m_counters.setState(size.keys, size.spilled);
    tellLookups();
    m_counters.tableRead.store(m_operator->tableRead(), std::memory_order_relaxed);
    tellQuality();
    tellOpen();
    if (!m_node.bound->keepsKeys.empty()) tellOfKeys();
}

/// What came since they were told last: those of a run that was restarted go on.
void NodeRunner::tellLookups() {
    const Operator::StateLookups now = m_operator->stateLookups();
    m_counters.stateLookups.fetch_add(now.rows - m_lookups.rows, std::memory_order_relaxed);
    m_counters.stateHits.fetch_add(now.inMemory - m_lookups.inMemory, std::memory_order_relaxed);
    m_lookups = now;
}

void NodeRunner::tellQuality() {
    const Quality quality = m_operator->quality();
    m_counters.quality.store(quality.kind, std::memory_order_relaxed);
    m_counters.qualityValue.store(quality.value, std::memory_order_relaxed);
    m_counters.qualityBaseline.store(quality.baseline, std::memory_order_relaxed);
    m_counters.qualityRows.store(quality.rows, std::memory_order_relaxed);
    m_counters.learntRows.store(quality.learnt, std::memory_order_relaxed);
    m_counters.warmUpRows.store(quality.warmUp, std::memory_order_relaxed);
    m_counters.warmKeys.store(quality.warm, std::memory_order_relaxed);
}

void NodeRunner::tellOpen() {
    if (!m_operator) return;
    const Operator::Span open = m_operator->firstOpen();
    m_counters.openFrom.store(open.from, std::memory_order_relaxed);
    m_counters.openUntil.store(open.until, std::memory_order_relaxed);
    if (m_findsPairs != nullptr) m_counters.hasPair.store(m_findsPairs->hasPair(), std::memory_order_relaxed);
}

/// To the node's counters, and to the sum of all.
void NodeRunner::tellStateBytes(std::uint64_t bytes) {
    const std::uint64_t before = m_counters.stateBytes.load(std::memory_order_relaxed);
    if (bytes == before) return;
    m_counters.stateBytes.store(bytes, std::memory_order_relaxed);
    m_shared.state.changed(before, bytes);
}

/// After every call, so that a task goes beyond the limit by one batch at most, and a seed decides which.
void NodeRunner::holdToLimit() {
    if (!m_shared.state.isSet()) return;
    tellStateBytes(m_operator->stateSize().bytes);
    if (Status over = m_shared.state.check(); !over.ok()) m_shared.fail(std::move(over));
}

/// Says once that the keys have become very many, in a run that has no end to let go of them at.
void NodeRunner::tellOfKeys() const {
    std::uint64_t keys = 0;
    auto& groups = m_shared.counters.at(m_node.node);
    for (const CounterGroup& group : groups) {
        for (const NodeCounters& one : group.instances) keys += one.stateKeys.load(std::memory_order_relaxed);
    }
    if (keys < m_shared.options.manyKeys || m_shared.plan.bounded()) return;
    if (groups.front().toldOfKeys.exchange(true)) return;
    m_shared.note(
        m_node.node,
        {RW_TEXT("run", "%1 keys are kept and none is forgotten: memory grows with each new one. %2")
             .with(figures::count(keys), m_node.bound->keepsKeys)});
}

void NodeRunner::emit(int portIndex, Batch batch) {
    if (batch.rows == 0 || sql::wasInterrupted()) return;
    PortState& port = m_ports[static_cast<std::size_t>(portIndex)];
    batch.schema = port.schema;
    batch.watermark = port.watermark;
    batch.control = Control::None;
    if (batch.arrived == kMinTimestamp) batch.arrived = m_arrived;
    if (port.role == PortRole::Rows) m_counters.rowsOut.fetch_add(batch.rows, std::memory_order_relaxed);
    m_shared.taps.at(m_node.node)[static_cast<std::size_t>(portIndex)].push(batch);
    if (port.role == PortRole::Late) {
        const std::string& name = m_node.kind->outputs[static_cast<std::size_t>(portIndex)].name;
        m_shared.kept.addLate({m_node.node, name}, batch, port.eventTime);
        if (m_shared.record.windows->watched()) tellLate(batch);
    }
    if (m_shared.record.stepping.armed()) {
        for (Halt& halt : m_shared.record.stepping.emitted(m_node.node, portIndex, port.role, batch))
            m_shared.halt(std::move(halt));
    }
    for (const int wire : port.wires)
        m_shared.wireRows.add(static_cast<std::size_t>(wire), m_passed, batch.rows);
    for (const Target& target : port.targets) {
        if (target.sender) {
            target.sender->send(batch);
        } else {
            Batch passed = batch;
            passed.wire += firstWireOf(target.firstWire);
            target.child->enqueue(target.childPort, std::move(passed));
        }
    }
}

/// An event for each window that rows of the batch have missed: the last column has its end.
void NodeRunner::tellLate(const Batch& batch) const {
    std::map<Instant, std::int64_t> missed;
    const Column& ends = *batch.columns.back();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (!ends.isNull(row)) ++missed[ends.at<Instant>(row)];
    }
    std::vector<WindowEvent> events;
    for (const auto& [end, rows] : missed) {
        WindowEvent event;
        event.kind = WindowEvent::Kind::Late;
        event.window = {end, kMinTimestamp};
        event.rows = rows;
        events.push_back(std::move(event));
    }
    if (!events.empty()) m_shared.record.windows->add(m_node.node, events, m_shared.clock->now());
}

void NodeRunner::watermark(int port, Instant watermark) {
    Instant& known = m_ports[static_cast<std::size_t>(port)].watermark;
    known = std::max(known, watermark);
    // A node that gives rows their stamps is like a source: its watermark is the one that it sends.
    if (port == 0 && m_node.bound->assignsEventTime) {
        raise(m_counters.watermark, known);
        m_shared.alignment.moved();
        tellStepping(known);
    }
}

void NodeRunner::watermarkEverywhere(Instant watermark) {
    raise(m_counters.watermark, watermark);
    if (!m_operator) tellStepping(watermark);
    for (std::size_t port = 0; port < m_ports.size(); ++port)
        this->watermark(static_cast<int>(port), watermark);
}

/// A step may have been for this event time.
void NodeRunner::tellStepping(Instant watermark) const {
    Stepping& stepping = m_shared.record.stepping;
    if (!stepping.armed()) return;
    if (auto halt = stepping.watermarkRose(m_node.node, watermark)) m_shared.halt(std::move(*halt));
}

Status NodeRunner::reject(const Batch& batch, std::size_t row, const Text& reason) {
    if (sql::wasInterrupted()) return {};
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    return rejectText(rowText(batch, row), position, reason);
}

Status NodeRunner::rejectText(const std::string& row, std::int64_t position, const Text& reason) {
    m_counters.rejected.fetch_add(1, std::memory_order_relaxed);
    if (m_failsOnError) {
        const std::string number = position < 0 ? "?" : std::to_string(position + 1);
        return Status(ErrorCode::Row,
                      RW_TEXT("run", "Row %1 failed: %2 The row: “%3”.").with(number, reason, row),
                      RW_TEXT("run", "Fix the row, or set “on_error” to “reject” to go on without it."))
            .at(m_node.node);
    }
    m_shared.kept.addRejected(m_node.node, reason, row, position);
    if (m_shared.record.stepping.armed()) {
        for (Halt& halt : m_shared.record.stepping.rejected(m_node.node, row, reason))
            m_shared.halt(std::move(halt));
    }
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

void NodeRunner::flushRejected(WireNumber wire) {
    if (m_rejected.empty() || m_rejected.front().size() == 0) return;
    Batch batch;
    batch.rows = m_rejected.front().size();
    for (ColumnBuilder& builder : m_rejected) batch.columns.push_back(builder.finish());
    batch.wire = wire;
    emit(m_rejectedPort, std::move(batch));
}

void NodeRunner::countLate(std::size_t rows, Millis largest) {
    m_counters.late.fetch_add(rows, std::memory_order_relaxed);
    raise(m_counters.largestLateBy, largest);
}

void NodeRunner::countNullDropped(std::size_t rows) {
    if (sql::wasInterrupted()) return;  // these NULLs are no results
    m_counters.nullDropped.fetch_add(rows, std::memory_order_relaxed);
}

}  // namespace rw
