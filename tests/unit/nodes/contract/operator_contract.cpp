// Operators: any split, any interleaving of wires, any wanted columns.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>

#include "core/data/state_layout.h"
#include "core/stream/rejected.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

namespace rw::test {

namespace {

constexpr std::size_t kRows = 200, kManyRows = 5'000;
constexpr std::size_t kSizes[] = {1, 3, 7, 64}, kFull = 4'096;
constexpr std::size_t kSealOfNothing = state_layout::kSealSize + sizeof(std::uint32_t);
constexpr auto kBroken = affordableCases(60, 30);  // broken states
constexpr unsigned kSecondsForBroken = 20;
constexpr auto kRestarts = affordableCases(6, 3);  // of each set of parameters, shape and seed
constexpr std::size_t kBatchRows = 32;  // small, so that calls that emit without bound are found out

/// Rows that may come to a node, as their stream and their way there say.
struct Shape {
    const char* name;
    StreamType stream;
    bool positions = true;
    int wires = 1;
    std::size_t rows = kRows;

    /// More rows than a full batch has; tried only so far as that may make a difference.
    bool many() const { return rows > kFull; }
    /// Whether stamps say when the state of a key has ended: without them nothing is promised of that
    /// (event-time rules, section 6).
    bool stamped() const { return stream.eventTime >= 0 && !stream.made && wires == 1; }
};

/// The rows of a window: of event time end − 1, with their window.
StreamType windowStream() {
    StreamType stream = sampleStream();
    Schema schema = *stream.schema;
    for (const char* name : {"window_start", "window_end"})
        schema.fields.push_back({name, Type::of(TypeId::Timestamp)});
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    stream.made = stream.windowed = true;
    return stream;
}

std::vector<Shape> shapes() {
    StreamType timeless = sampleStream(), inOrder = sampleStream();
    timeless.eventTime = -1;
    timeless.rejected = true;
    inOrder.sourceOrder = true;
    return {{"rows of a source", inOrder},
            {"many rows of a source", inOrder, true, 1, kManyRows},
            {"rows over two wires", sampleStream(), true, 2},
            {"rows of a late port", lateStream(sampleStream(), false)},
            {"rows computed from those of a rejected port", timeless, false},
            {"rows of a rejected port", rejectedStream(), false},
            {"rows of a window", windowStream(), false},
            {"rows with BYTES", bytesStream()}};
}

/// In the order of their windows, as a window lets them out: none is late.
void putIntoWindows(std::vector<Row>& rows) {
    constexpr std::size_t kRowsOfWindow = 8;
    constexpr Millis kLength = 4'000;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Instant start = 1'700'000'000'000 + static_cast<Instant>(i / kRowsOfWindow) * kLength;
        rows[i][4] = start + kLength - 1;
        rows[i].emplace_back(start);
        rows[i].emplace_back(start + kLength);
    }
}

/// Rows for any shape: those of the sample, and columns that a port adds or has instead.
std::vector<Row> rowsFor(const Shape& shape, unsigned seed) {
    const bool isBytes = shape.stream.schema->fields[0].type.is(TypeId::Bytes);
    std::vector<Row> rows = isBytes ? bytesRows(shape.rows, seed) : sampleRows(shape.rows, seed);
    const std::size_t columns = shape.stream.schema->size();
    if (shape.stream.schema->fields[0].name == "node") {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i] = {std::string("a node"), "wrong " + std::to_string(i % 5), "k=" + std::to_string(i),
                       static_cast<std::int64_t>(i)};
            if (i % 3 == 0) rows[i].back() = {};
        }
    }
    if (shape.stream.windowed) putIntoWindows(rows);
    for (Row& row : rows) {
        if (row.size() < columns) row.emplace_back(std::int64_t{17});
        if (row.size() < columns) row.emplace_back(std::get<Instant>(row[4]) + 1);
    }
    return rows;
}

/// The same for the same shape and seed, and asked for thousands of times: made once.
const std::vector<Row>& madeRows(const Shape& shape, unsigned seed) {
    static std::map<std::pair<std::string, unsigned>, std::vector<Row>> made;
    const auto [found, isNew] = made.try_emplace({shape.name, seed});
    if (isNew) found->second = rowsFor(shape, seed);
    return found->second;
}

/// All of them in batches; likewise.
const std::vector<Batch>& madeBatches(const Shape& shape, unsigned seed, std::size_t size,
                                      StampedBatches stamped) {
    static std::map<std::tuple<std::string, unsigned, std::size_t, StampedBatches>, std::vector<Batch>> made;
    const auto [found, isNew] = made.try_emplace({shape.name, seed, size, stamped});
    if (isNew) found->second = batches(shape.stream, madeRows(shape, seed), size, 0, stamped);
    return found->second;
}

/// The rows in batches of `size`, over the wires of the shape, those in an order that `interleaving` chooses.
/// Of wire w the first `given[w]` rows have come already.
std::vector<Feed> feedsFor(const Shape& shape, std::size_t ports, unsigned seed, std::size_t size,
                           unsigned interleaving, std::vector<std::size_t> given, StampedBatches stamped) {
    given.resize(static_cast<std::size_t>(shape.wires));
    std::vector<std::vector<Batch>> wires;
    std::size_t left = 0;
    for (int wire = 0; wire < shape.wires; ++wire) {
        const unsigned ofWire = seed + 100 * static_cast<unsigned>(wire);
        const std::size_t first = given[static_cast<std::size_t>(wire)];
        auto& split = wires.emplace_back(
            first == 0 ? madeBatches(shape, ofWire, size, stamped)
                       : batches(shape.stream, madeRows(shape, ofWire), size, first, stamped));
        for (Batch& batch : split) {
            batch.wire = wire;
            if (!shape.positions) batch.positions = {};
        }
        std::reverse(split.begin(), split.end());
        left += split.size();
    }
    std::vector<Feed> out;
    std::mt19937 random(interleaving);
    for (; left > 0; --left) {
        std::size_t wire = random() % wires.size();
        while (wires[wire].empty()) wire = (wire + 1) % wires.size();
        for (std::size_t port = 0; port < ports; ++port)
            out.push_back({static_cast<int>(port), wires[wire].back()});
        wires[wire].pop_back();
    }
    return out;
}

std::vector<std::string> linesOf(const PortLog& log, const StreamType& stream, bool ordered) {
    return ordered && !stream.updating ? log.rows : log.result(stream);
}

/// Where watermarks differ after the same rows, of which so many came before this input.
std::string watermarksDiffer(const PortLog& whole, const PortLog& parts, const std::vector<Feed>& input,
                             std::size_t before) {
    const auto after = [](const PortLog& log, std::size_t rows) {
        const auto next = log.watermarks.upper_bound(rows);
        return next == log.watermarks.begin() ? kMinTimestamp : std::prev(next)->second;
    };
    std::size_t rows = before;
    for (const Feed& feed : input) {
        rows += feed.batch.rows;
        // Ports are fed in turn: they are equally far behind the last one only.
        if (feed.port != input.back().port) continue;
        if (rows == 0 || after(whole, rows) == after(parts, rows)) continue;
        return fmt::format("the watermark after {} rows is {}, but {}", rows, after(whole, rows),
                           after(parts, rows));
    }
    return {};
}

/// One set of parameters and one shape.
class Trial {
 public:
    Trial(const NodeKind& kind, const Json& params, const Shape& shape, BoundNodeRef bound)
        : m_kind(kind), m_params(params), m_shape(shape), m_bound(std::move(bound)) {
        m_inputs.assign(kind.inputs.size(), shape.stream);
        m_options.nullOnError = params.value("on_error", "") == "null";
        m_options.wires = shape.wires;
        m_options.batchRows = shape.many() ? kFull : kBatchRows;
        m_ordered = m_bound->distribution.kind != Distribution::Kind::Keyed && shape.wires == 1;
        m_promised = !m_bound->readsStamps || (m_inputs.size() == 1 && shape.stamped());
    }

    std::string fault(unsigned seed, bool& emits) {
        // In batches of one row every watermark that there is comes: all else is compared with that. (Of many
        // rows those behind every 64 do: other batches end there, too.)
        const auto single = split(seed, smallest(), 0);
        const Driven base = run(single, m_options);
        if (const std::string why = broken(base); !why.empty()) return said(why, seed, smallest());
        for (std::size_t port = 0; port < base.ports.size(); ++port) {
            const bool main = m_kind.outputs[port].role == PortRole::Rows;
            emits = emits || (main && !base.ports[port].rows.empty());
        }
        for (const std::size_t size : sizes()) {
            const auto input = split(seed, size, static_cast<unsigned>(size));
            const Driven parts = run(input, m_options);
            if (const std::string why = batchesFault(base, parts, input); !why.empty())
                return said(why, seed, size);
            if (!m_bound->combines) continue;
            DriveOptions options = m_options;
            options.combined = true;
            if (const std::string why = batchesFault(base, run(input, options), input); !why.empty())
                return said("rows added up first: " + why, seed, size);
        }
        if (m_promised) {
            if (std::string why = restarts(base, seed); !why.empty()) return why;
        }
        if (seed > 1 || m_shape.many()) return {};
        if (std::string why = brokenStates(seed); !why.empty()) return why;
        return unread(base, seed);
    }

 private:
    StampedBatches stamped() const {
        return m_bound->readsStamps ? StampedBatches::All : StampedBatches::Unclean;
    }
    std::size_t smallest() const { return m_shape.many() ? kSizes[3] : kSizes[0]; }
    /// Of batches, beside that.
    std::vector<std::size_t> sizes() const {
        if (m_shape.many()) return {kFull};
        return {kSizes[1], kSizes[2], kSizes[3], kRows};
    }

    std::vector<Feed> split(unsigned seed, std::size_t size, unsigned interleaving) const {
        return feedsFor(m_shape, m_inputs.size(), seed, size, interleaving, {}, stamped());
    }

    /// Of the same rows in other batches.
    std::string batchesFault(const Driven& base, const Driven& parts, const std::vector<Feed>& input) const {
        std::string why = broken(parts);
        if (why.empty() && m_promised) why = differs(base, parts);
        if (why.empty() && m_promised && m_shape.wires == 1) why = steps(base, parts, input);
        return why;
    }

    /// Left at a barrier and resumed there, at other degrees and batch sizes: as if never left.
    std::string restarts(const Driven& base, unsigned seed) const {
        std::vector<std::size_t> lengths = sizes();
        lengths.insert(lengths.begin(), smallest());
        constexpr int kDegrees[] = {1, 2, 5};
        std::mt19937 engine(seed);
        const auto random = [&engine] { return static_cast<unsigned>(engine()); };
        const auto degree = [&] {
            const bool keyed = m_bound->distribution.kind == Distribution::Kind::Keyed;
            return keyed ? kDegrees[random() % std::size(kDegrees)] : 1;
        };
        for (std::uint64_t tried = 0; tried < (m_shape.many() ? 2 : kRestarts); ++tried) {
            const std::size_t size = lengths[random() % lengths.size()];
            const std::size_t then = lengths[random() % lengths.size()];
            std::vector<Feed> input = split(seed, size, random());
            input.resize(m_inputs.size() * (random() % (input.size() / m_inputs.size() + 1)));
            std::vector<std::size_t> given(static_cast<std::size_t>(m_shape.wires));
            for (const Feed& feed : input)
                given[static_cast<std::size_t>(feed.batch.wire)] += feed.port == 0 ? feed.batch.rows : 0;
            DriveOptions before = m_options, after = m_options;
            before.instances = degree();
            before.leaves = true;
            before.combined = tried % 2 == 1;
            const Driven left = run(input, before);
            after.instances = degree();
            after.combined = tried % 3 == 0;
            after.before = &left;
            const auto rest = feedsFor(m_shape, m_inputs.size(), seed, then, random(), given, stamped());
            const Driven whole = run(rest, after);
            std::string why = left.status.ok() ? broken(whole) : broken(left);
            if (why.empty()) why = untold(left);
            if (why.empty()) why = differs(base, whole);
            if (why.empty() && m_shape.wires == 1) why = watermarks(base, whole, rest, left.fed);
            if (why.empty() && m_shape.wires == 1)
                why = stateDiffers(left, leftAfter(left.fed, seed, before));
            if (why.empty()) continue;
            return said(
                fmt::format("left after {} rows{} at {} instances, gone on with at {} and batches of {}: {}",
                            left.fed, before.combined ? ", added up first," : "", before.instances,
                            after.instances, then, why),
                seed, size);
        }
        return {};
    }

    /// A forecast goes by what BoundNode::state says (core/forecast/state_rules.h). Watermarks of event_time
    /// come again by themselves.
    std::string untold(const Driven& left) const {
        const bool keeps = std::any_of(left.states.begin(), left.states.end(), [](const std::string& state) {
            return state.size() > kSealOfNothing;
        });
        if (!keeps || !m_bound->state.empty() || m_bound->assignsEventTime) return {};
        return "it writes a state, and BoundNode::state does not say what it keeps";
    }

    /// A state holds what was shown, and early results are of the batches behind which they were asked for.
    std::string stateDiffers(const Driven& left, const Driven& other) const {
        if (left.states == other.states || left.early || other.early) return {};
        return fmt::format("the state is another than after batches of {} rows", smallest());
    }

    /// Left at a barrier behind so many rows, which came as they are and in the smallest batches.
    Driven leftAfter(std::size_t rows, unsigned seed, DriveOptions options) const {
        options.combined = false;
        std::vector<Feed> input = split(seed, smallest(), 0);
        std::size_t fed = 0;
        const auto beyond = [&](const Feed& feed) { return (fed += feed.batch.rows) > rows; };
        input.erase(std::find_if(input.begin(), input.end(), beyond), input.end());
        return run(input, options);
    }

    /// Broken bytes: an error, or any rows, but no crash and no work without end.
    std::string brokenStates(unsigned seed) const {
        const auto input = split(seed, kSizes[2], 0);
        const auto middle = input.begin() + static_cast<std::ptrdiff_t>(input.size() / 2);
        DriveOptions before = m_options, after = m_options;
        before.leaves = true;
        const Driven left = run({input.begin(), middle}, before);
        if (left.states.empty() || left.states.front().size() <= kSealOfNothing) return {};
        std::mt19937 random(seed);
        Driven broken = left;
        after.before = &broken;
        const std::string crash = crashOf([&] {
            ::alarm(kSecondsForBroken);
            for (std::uint64_t tried = 0; tried < kBroken; ++tried) {
                broken.states.front() = mutilated(left.states.front(), random);
                (void)run({middle, input.end()}, after);
            }
        });
        if (crash.empty()) return {};
        return said("with a state whose bytes are broken it is " + crash, seed, kSizes[2]);
    }

    /// With a seal that fits.
    static std::string mutilated(const std::string& state, std::mt19937& random) {
        std::string record = state.substr(state_layout::kSealSize);
        for (auto left = 1 + random() % 3; left > 0; --left)
            record[random() % record.size()] = static_cast<char>(random() % 2 == 0 ? random() : 0xFF);
        if (random() % 10 == 0) record.resize(random() % record.size());
        const std::uint64_t sum = state_layout::checksum(record);
        std::string sealed(state_layout::kMagic);
        sealed.append(reinterpret_cast<const char*>(&sum), sizeof sum);
        return sealed + record;
    }

    Driven run(const std::vector<Feed>& input, const DriveOptions& options) const {
        return drive(m_kind, m_bound, m_inputs, input, options);
    }

    std::string broken(const Driven& driven) const {
        if (!driven.status.ok()) return "it fails: " + english(driven.status.error());
        if (!driven.problems.empty()) return driven.problems.front();
        for (std::size_t port = 0; port < driven.ports.size(); ++port) {
            if (m_kind.outputs[port].role == PortRole::Rejected) continue;  // the runtime forwards there
            if (driven.ports[port].watermark == kMaxTimestamp) continue;
            return at(port, "the last watermark did not come");
        }
        return {};
    }

    std::string differs(const Driven& base, const Driven& parts) const {
        const std::string rejected = firstDifference(base.rejected, parts.rejected);
        if (!rejected.empty()) return "rejected rows: " + rejected;
        if (parts.nullDropped != base.nullDropped) return "another number of rows is dropped as NULL";
        for (std::size_t port = 0; port < parts.ports.size(); ++port) {
            const StreamType& stream = m_bound->outputs[port];
            const std::string rows = firstDifference(linesOf(base.ports[port], stream, m_ordered),
                                                     linesOf(parts.ports[port], stream, m_ordered));
            if (!rows.empty()) return at(port, rows);
        }
        return {};
    }

    std::string watermarks(const Driven& base, const Driven& parts, const std::vector<Feed>& input,
                           std::size_t rows = 0) const {
        for (std::size_t port = 0; port < parts.ports.size(); ++port) {
            const std::string why = watermarksDiffer(base.ports[port], parts.ports[port], input, rows);
            if (!why.empty()) return at(port, why);
        }
        return {};
    }

    std::string steps(const Driven& base, const Driven& parts, const std::vector<Feed>& input) const {
        if (std::string why = watermarks(base, parts, input); !why.empty()) return why;
        if (m_bound->distribution.kind != Distribution::Kind::Stateless) return {};
        // One that makes several rows of one may send them in pieces.
        if (parts.ports.front().batches >= input.size()) return {};
        return fmt::format("{} batches came and {} left", input.size(), parts.ports.front().batches);
    }

    /// Columns that are not read are not there: with nothing, everything, and one column wanted of the
    /// output.
    std::string unread(const Driven& base, unsigned seed) const {
        std::vector<ColumnSet> none;
        for (const StreamType& output : m_bound->outputs) none.emplace_back(output.schema->size(), false);
        std::vector<std::vector<ColumnSet>> tried{none};
        for (std::size_t port = 0; port < none.size(); ++port) {
            for (std::size_t column = 0; column < none[port].size(); ++column) {
                tried.push_back(none);
                tried.back()[port][column] = true;
            }
        }
        const std::vector<Feed> whole = split(seed, kSizes[2], 0);
        const auto without = [&](const std::vector<ColumnSet>& wanted) {
            return withoutUnread(whole, columnsRead(*m_bound, wanted, m_inputs));
        };
        DriveOptions options = m_options;
        const std::string crash = crashOf([&] {
            for (const std::vector<ColumnSet>& wanted : tried) {
                options.shown = wanted;
                (void)run(without(wanted), options);
            }
        });
        if (!crash.empty())
            return said("without the columns that reads() does not name it is " + crash, seed, kSizes[2]);
        for (const std::vector<ColumnSet>& wanted : tried) {
            const auto input = without(wanted);
            options.shown = wanted;
            const Driven full = run(whole, options), pruned = run(input, options);
            std::string why = broken(pruned);
            if (why.empty() && base.rejected.size() != pruned.rejected.size())
                why = "other rows are rejected";
            if (why.empty() && base.nullDropped != pruned.nullDropped)
                why = "another number of rows is dropped as NULL";
            for (std::size_t port = 0; port < full.ports.size() && why.empty(); ++port) {
                const std::string rows = firstDifference(full.ports[port].rows, pruned.ports[port].rows);
                if (!rows.empty()) why = at(port, rows);
            }
            if (!why.empty())
                return said("without the columns that reads() does not name: " + why, seed, kSizes[2]);
        }
        return {};
    }

    std::string at(std::size_t port, const std::string& why) const {
        return fmt::format("port {}: {}", m_kind.outputs[port].name, why);
    }

    std::string said(const std::string& why, unsigned seed, std::size_t size) const {
        return fmt::format("{} {}, {}, seed {}, batches of {} rows: {}", m_kind.type, m_params.dump(),
                           m_shape.name, seed, size, why);
    }

    const NodeKind& m_kind;
    const Json& m_params;
    const Shape& m_shape;
    const BoundNodeRef m_bound;
    std::vector<StreamType> m_inputs;
    DriveOptions m_options;
    bool m_ordered;
    /// The result depends on the rows alone. Among rows of several wires, made rows and rows without event time
    /// the keys that a time to live ends depend on how they came (event-time rules, 6).
    bool m_promised;
};

}  // namespace

std::string operatorFault(const NodeKind& general) {
    // Under a sanitizer, where each takes some fifteen times as long, so many combinations of parameters and
    // shapes do, spread over all there are; of code, which starts processes and reads “v”, fewer.
    constexpr std::size_t kSparing = 16, kWithProcesses = 4;
    std::vector<std::pair<Json, Shape>> combinations;
    for (const Json& params : variants(general)) {
        const NodeKind& kind = withPorts(general, params);
        for (const Shape& shape : shapes()) {
            if ((!general.param("code") || shape.stream.schema->find("v")) &&
                bindNode(kind, params, inputsOf(kind, shape.stream)).node)
                combinations.emplace_back(params, shape);
        }
    }
    if (combinations.empty()) return refusal(general, shapes().front().stream);
    bool paced = false;
    for (const auto& [params, shape] : combinations) {
        const NodeKind& kind = withPorts(general, params);
        const BoundNodeRef bound = bindNode(kind, params, inputsOf(kind, shape.stream)).node;
        std::string fault;
        if (bound->paced && !std::exchange(paced, true)) fault = pacedFault(general, params);
        const bool waits = bound->waits && shape.stream.sourceOrder && shape.rows == kRows;
        if (fault.empty() && waits) fault = waitingFault(general, params);
        if (!fault.empty()) return fault;
    }
    const std::size_t most = general.param("code") ? kWithProcesses : kSparing;
    const bool sparing = kCasesDivisor > 1 || most == kWithProcesses;
    const std::size_t tried = sparing ? std::min(most, combinations.size()) : combinations.size();
    for (std::size_t i = 0; i < tried; ++i) {
        const auto& [params, shape] = combinations[i * combinations.size() / tried];
        const NodeKind& kind = withPorts(general, params);
        bool emits = false;
        Trial trial(kind, params, shape, bindNode(kind, params, inputsOf(kind, shape.stream)).node);
        const unsigned seeds = shape.many() || sparing ? 1 : 3;
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            if (std::string fault = trial.fault(seed, emits); !fault.empty()) return fault;
        }
        if (kind.inputPort("control") >= 0) continue;  // there, each row resets what the next one asks for
        if (!emits) return fmt::format("{} {}, {}: no row leaves", kind.type, params.dump(), shape.name);
    }
    return {};
}

}  // namespace rw::test
