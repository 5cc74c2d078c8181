#include "tests/unit/nodes/driver.h"

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/stream/combiner.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/nodes/contract/changes_watch.h"
#include "tests/unit/nodes/contract/outside_world.h"
#include "tests/unit/nodes/driver_log.h"

namespace rw::test {

namespace {

constexpr std::size_t kMostCalls = 100'000;  // of resume() in a row

/// Watermarks as a run takes them from batches: a port's is the smallest of its wires', and all ports' the
/// smallest of theirs.
class Watermarks {
 public:
    Watermarks(std::size_t ports, int wires)
        : m_wires(ports, std::vector<Instant>(static_cast<std::size_t>(wires), kMinTimestamp)) {}

    void take(const Feed& feed) {
        auto& wires = m_wires[static_cast<std::size_t>(feed.port)];
        Instant& known = wires[static_cast<std::size_t>(feed.batch.wire)];
        known = std::max(known, feed.batch.watermark);
    }
    void end() {
        for (auto& wires : m_wires) std::fill(wires.begin(), wires.end(), kMaxTimestamp);
    }
    Instant port(std::size_t port) const {
        return *std::min_element(m_wires[port].begin(), m_wires[port].end());
    }
    Instant all() const {
        Instant all = kMaxTimestamp;
        for (std::size_t i = 0; i < m_wires.size(); ++i) all = std::min(all, port(i));
        return all;
    }

 private:
    std::vector<std::vector<Instant>> m_wires;
};

/// Calls an operator as a run does.
class Caller {
 public:
    /// `holds`: it is called at its times (BoundNode::holdsRows). To others none comes: nothing stands still.
    Caller(Operator& op, bool holds, Log& log, Clock& clock, OutsideAnswers* outside, std::size_t ports,
           int wires, std::size_t rows)
        : m_op(op),
          m_holds(holds),
          m_log(log),
          m_clock(clock),
          m_outside(outside),
          m_watermarks(ports, wires),
          m_ports(ports, kMinTimestamp),
          m_rows(rows) {}

    /// `rows` of the input come with this batch, some of them to other instances.
    Status feed(const Feed& feed, std::size_t rows) {
        m_rows += rows;
        if (m_outside && m_outside->answerSome()) RW_TRY(proceed());
        RW_TRY(call(feed.batch.rows, [&] { return m_op.onBatch(feed.port, feed.batch, m_log); }));
        m_watermarks.take(feed);
        RW_TRY(advance());
        m_log.noteHeld(m_op.heldSize().keys);
        return {};
    }
    /// With what the operator was restored from, or has been answered.
    Status proceed() {
        return call(0, [] { return Status(); });
    }
    Status end() {
        m_watermarks.end();
        RW_TRY(advance());
        RW_TRY(goOn(0, true));
        return call(0, [&] { return m_op.onEnd(m_log); });
    }

 private:
    Status advance() {
        for (std::size_t port = 0; port < m_ports.size(); ++port) {
            const Instant now = m_watermarks.port(port);
            if (now <= m_ports[port]) continue;
            m_ports[port] = now;
            RW_TRY(call(0, [&] { return m_op.onPortWatermark(static_cast<int>(port), now, m_log); }));
        }
        if (m_watermarks.all() <= m_all) return {};
        m_all = m_watermarks.all();
        return call(0, [&] { return m_op.onWatermark(m_all, m_log); });
    }

    template <class Body>
    Status call(std::size_t given, const Body& body) {
        m_log.beginCall(m_rows, given, m_all);
        RW_TRY(body());
        return goOn(given, false);
    }

    /// Until it takes more input, or `toTheEnd`, until it holds nothing any more.
    Status goOn(std::size_t given, bool toTheEnd) {
        const auto waits = [this] { return m_holds && m_op.wakesAt() != Operator::kNever; };
        for (std::size_t calls = 0; m_op.hasMore() || waits(); ++calls) {
            if (calls == kMostCalls) {
                m_log.problem("there is more to do for ever");
                return {};
            }
            if (!m_op.hasMore()) {
                const bool due = m_op.wakesAt() <= m_clock.steadyMillis();
                if (m_outside && !due && !toTheEnd && m_op.takesMore()) return {};
                if (m_outside && !due) {
                    const std::string why = m_outside->goOnUntil(m_op.wakesAt());
                    if (!why.empty()) m_log.problem(why);
                    if (!why.empty()) return {};
                } else {
                    (void)m_clock.skipTo(m_op.wakesAt());
                }
            }
            m_log.beginCall(m_rows, given, m_all);
            RW_TRY(m_op.resume(m_log));
        }
        return {};
    }

    Operator& m_op;
    const bool m_holds;
    Log& m_log;
    Clock& m_clock;
    OutsideAnswers* const m_outside;  ///< null: whoever asks is answered in the call
    Watermarks m_watermarks;
    std::vector<Instant> m_ports;
    Instant m_all = kMinTimestamp;
    std::size_t m_rows;
};

/// One of the operators that share a node's rows.
struct Instance {
    Instance(const BoundNode& bound, const DriveOptions& options) : log(bound, options, driven) {}

    Driven driven;
    Log log;
    std::unique_ptr<Operator> op;
    std::shared_ptr<OutsideAnswers> outside{};
    std::unique_ptr<Caller> caller;
    std::unique_ptr<ChangesWatch> changes{};
};

MakeContext contextOf(const std::vector<StreamType>& inputs, const DriveOptions& options, int instance,
                      std::shared_ptr<Clock> clock) {
    MakeContext context;
    context.node = "n";
    context.instance = instance;
    context.instances = options.instances;
    context.clock = std::move(clock);
    context.nullOnError = options.nullOnError;
    context.batchRows = options.batchRows;
    for (const StreamType& stream : inputs) {
        InputInfo& info = context.inputs.emplace_back();
        info.type = stream;
        info.wires = options.wires;
        info.severalProducers = options.wires > 1;
        info.order = stream.made         ? InputOrder::Columns
                     : options.wires > 1 ? InputOrder::EventTime
                                         : InputOrder::Source;
    }
    return context;
}

/// The instances of a node, and a run's calls to them.
class Instances {
 public:
    Instances(const NodeKind& kind, const BoundNode& bound, const std::vector<StreamType>& inputs,
              const DriveOptions& options)
        : m_kind(kind), m_bound(bound), m_inputs(inputs), m_options(options) {
        for (int i = 0; i < options.instances && m_status.ok(); ++i) {
            Instance& made = *m_instances.emplace_back(std::make_unique<Instance>(bound, options));
            m_status = make(i, made);
        }
    }

    Driven drive(const std::vector<Feed>& input) {
        for (std::size_t i = 0; m_status.ok() && i < input.size(); ++i) m_status = feed(input[i]);
        std::vector<std::string> states;
        for (auto& instance : m_instances) {
            if (!m_status.ok()) break;
            if (!m_options.leaves) {
                m_status = instance->caller->end();
                continue;
            }
            StateWriter state;
            m_status = instance->op->snapshot(state);
            states.push_back(state.finish());
            if (const std::string why = instance->changes->finish(); !why.empty()) instance->log.problem(why);
        }
        Driven driven = gathered();
        driven.states = std::move(states);
        return driven;
    }

 private:
    Status make(int number, Instance& instance) {
        MakeContext context = contextOf(m_inputs, m_options, number, m_clock);
        if (m_options.answers != AnswerMood::AtOnce && m_bound.waits) {
            instance.outside =
                std::make_shared<OutsideAnswers>(m_options.answers, m_options.answerSeed, m_clock);
            context.requests = instance.outside;
        }
        const bool connects =
            std::any_of(m_kind.params.begin(), m_kind.params.end(),
                        [](const ParamSpec& spec) { return spec.kind == ParamKind::Connection; });
        if (connects) context.connections = outsideConnections(m_kind);
        RW_TRY_ASSIGN(Made made, m_kind.make(m_bound, context));
        instance.op = std::get<std::unique_ptr<Operator>>(std::move(made));
        instance.op->outputPorts = static_cast<int>(m_kind.outputs.size());
        const std::size_t fed = m_options.before ? m_options.before->fed : 0;
        instance.caller =
            std::make_unique<Caller>(*instance.op, m_bound.holdsRows(), instance.log, *m_clock,
                                     instance.outside.get(), m_inputs.size(), m_options.wires, fed);
        const auto another = [this, context]() -> Result<std::unique_ptr<Operator>> {
            RW_TRY_ASSIGN(Made other, m_kind.make(m_bound, context));
            return std::get<std::unique_ptr<Operator>>(std::move(other));
        };
        instance.changes =
            std::make_unique<ChangesWatch>(*instance.op, another, keyGroupsOf(number, m_options.instances));
        if (!m_options.before) return {};
        for (const std::string& state : m_options.before->states) {
            RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
            RW_TRY(instance.op->restore(reader, keyGroupsOf(number, m_options.instances)));
        }
        return instance.caller->proceed();
    }

    Status feed(const Feed& feed) {
        m_fed += feed.batch.rows;
        if (!m_options.combined || !m_bound.combines) return deal(feed, feed.batch.rows);
        // A new one each time: none leaves a batch as it is because those before did not shrink.
        const auto combiner = m_kind.makeCombiner(m_bound, contextOf(m_inputs, m_options, 0, m_clock));
        std::vector<Batch> combined(m_instances.size());
        std::vector<std::uint32_t> rest;
        if (!combiner->combine(feed.batch, combined, rest)) return deal(feed, feed.batch.rows);
        for (std::size_t i = 0; i < combined.size(); ++i) {
            if (combined[i].rows > 0) RW_TRY(m_instances[i]->caller->feed({feed.port, combined[i]}, 0));
        }
        return deal({feed.port, feed.batch.select(rest)}, feed.batch.rows);
    }

    /// To the instances, `rows` being those that came in all.
    Status deal(const Feed& feed, std::size_t rows) {
        if (m_options.leaves) {
            for (auto& instance : m_instances) instance->changes->betweenCalls();
        }
        if (m_instances.size() == 1) return m_instances.front()->caller->feed(feed, rows);
        std::vector<std::uint64_t> hashes;
        hashKeys(feed.batch, m_bound.distribution.keys[static_cast<std::size_t>(feed.port)], hashes);
        std::vector<std::vector<std::uint32_t>> shares(m_instances.size());
        for (std::uint32_t row = 0; row < feed.batch.rows; ++row) {
            const int to = instanceOfGroup(keyGroupOf(hashes[row]), m_options.instances);
            shares[static_cast<std::size_t>(to)].push_back(row);
        }
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const Feed share{feed.port, feed.batch.select(shares[i])};
            RW_TRY(m_instances[i]->caller->feed(share, rows));
        }
        return {};
    }

    Driven gathered() {
        Driven all;
        if (m_options.before) all = *m_options.before;
        all.status = m_status;
        all.fed += m_fed;
        all.ports.resize(m_bound.outputs.size());
        for (std::size_t i = 0; i < all.ports.size(); ++i) {
            all.ports[i].watermark = kMaxTimestamp;
            addWatermarks(all.ports[i].watermarks, i);
        }
        for (auto& instance : m_instances) {
            const Driven& one = instance->driven;
            for (std::size_t i = 0; i < all.ports.size(); ++i) append(all.ports[i], one.ports[i]);
            all.early = all.early || one.early;
            all.behind += one.behind;
            all.nullDropped += one.nullDropped;
            all.held = std::max(all.held, one.held);
            all.rejected.insert(all.rejected.end(), one.rejected.begin(), one.rejected.end());
            all.problems.insert(all.problems.end(), one.problems.begin(), one.problems.end());
        }
        std::sort(all.rejected.begin(), all.rejected.end());
        return all;
    }

    static void append(PortLog& all, const PortLog& one) {
        all.rows.insert(all.rows.end(), one.rows.begin(), one.rows.end());
        all.keys.insert(all.keys.end(), one.keys.begin(), one.keys.end());
        all.batches += one.batches;
        all.watermark = std::min(all.watermark, one.watermark);
    }

    /// Those of all instances together: the smallest of them, as a node below would have it.
    void addWatermarks(std::map<std::size_t, Instant>& all, std::size_t port) const {
        std::map<std::size_t, Instant> risen;
        for (const auto& instance : m_instances) risen.merge(std::map(instance->driven.ports[port].watermarks));
        for (const auto& [rows, any] : risen) {
            Instant least = kMaxTimestamp;
            for (const auto& instance : m_instances) {
                const std::map<std::size_t, Instant>& own = instance->driven.ports[port].watermarks;
                const auto next = own.upper_bound(rows);
                least = std::min(least, next == own.begin() ? kMinTimestamp : std::prev(next)->second);
            }
            if (least > kMinTimestamp) all[rows] = least;
        }
    }

    const NodeKind& m_kind;
    const BoundNode& m_bound;
    const std::vector<StreamType>& m_inputs;
    const DriveOptions& m_options;
    const std::shared_ptr<Clock> m_clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    std::vector<std::unique_ptr<Instance>> m_instances;
    std::size_t m_fed = 0;
    Status m_status;
};

}  // namespace

std::string BoundForTest::said() const {
    std::string out;
    for (const Issue& issue : issues) out += english(issue) + "\n";
    return out;
}

BoundForTest bindNode(const NodeKind& kind, const Json& params, std::vector<std::vector<StreamType>> inputs,
                      const std::string& folder) {
    BoundForTest out;
    Node node;
    node.id = "n";
    node.type = kind.type;
    node.params = params;
    const Settings settings;
    std::vector<std::vector<Producer>> producers;
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        auto& wires = producers.emplace_back();
        for (std::size_t wire = 0; wire < inputs[port].size(); ++wire) {
            const std::string number = std::to_string(wire);
            wires.push_back({"s" + number, kind.inputs[port].name, "S" + number, true, {}, "S" + number});
        }
    }
    BindContext context(node, kind.params, settings, folder, std::move(inputs), out.issues, producers);
    BoundNodeRef bound = kind.bind(context);
    if (bound && kind.checkFiles != nullptr) kind.checkFiles(*bound, context);
    if (!context.failed()) out.node = std::move(bound);
    return out;
}

std::vector<Feed> feeds(std::size_t ports, const std::vector<Batch>& input) {
    std::vector<Feed> out;
    for (const Batch& batch : input) {
        for (std::size_t port = 0; port < ports; ++port) out.push_back({static_cast<int>(port), batch});
    }
    return out;
}

std::vector<ColumnSet> columnsRead(const BoundNode& bound, const std::vector<ColumnSet>& wanted,
                                   const std::vector<StreamType>& inputs) {
    std::vector<ColumnSet> read = bound.reads(wanted, inputs);
    read.resize(inputs.size());
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        read[port].resize(inputs[port].schema->size(), false);
        std::vector<int> also = inputs[port].key;
        if (inputs[port].eventTime >= 0) also.push_back(inputs[port].eventTime);
        if (port < bound.distribution.keys.size()) {
            const std::vector<int>& keys = bound.distribution.keys[port];
            also.insert(also.end(), keys.begin(), keys.end());
        }
        for (const int column : also) read[port][static_cast<std::size_t>(column)] = true;
    }
    return read;
}

std::vector<Feed> withoutUnread(std::vector<Feed> input, const std::vector<ColumnSet>& read) {
    for (Feed& feed : input) {
        const ColumnSet& columns = read[static_cast<std::size_t>(feed.port)];
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (!columns[column]) feed.batch.columns[column] = nullptr;
        }
    }
    return input;
}

std::vector<std::string> PortLog::result(const StreamType& stream) const {
    std::vector<std::string> out;
    if (!stream.updating) {
        out = rows;
    } else if (stream.multiset) {
        std::map<std::string, int> counts;
        for (const std::string& row : rows) counts[row.substr(3)] += row.starts_with("-") ? -1 : 1;
        for (const auto& [row, count] : counts) {
            if (count < 0) out.push_back("taken back, but not there: " + row);
            for (int i = 0; i < count; ++i) out.push_back(row);
        }
    } else {
        std::map<std::string, std::string> table;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].starts_with("-")) {
                table.erase(keys[i]);
            } else {
                table[keys[i]] = rows[i].substr(3);
            }
        }
        for (const auto& [key, row] : table) out.push_back(row);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Feed>& input, const DriveOptions& options) {
    return Instances(kind, *bound, inputs, options).drive(input);
}

Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Batch>& input, bool nullOnError) {
    DriveOptions options;
    options.nullOnError = nullOnError;
    return drive(kind, bound, inputs, feeds(inputs.size(), input), options);
}

}  // namespace rw::test
