#include "tests/unit/paged/paged_case.h"

#include <QtGlobal>
#include <algorithm>
#include <utility>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

namespace {

constexpr int kTime = 4;
constexpr const char* kSameKey = "left.k = right.k AND left.g = right.g";

Json joined(const char* kind, const Json& more = Json::object()) {
    Json params = {{"on", kSameKey}, {"kind", kind}};
    params.update(more);
    return params;
}

Json pattern(const char* rows) {
    return {{"partition_by", {"k"}},
            {"pattern", "A B+"},
            {"define", {"B: v >= PREV(v)"}},
            {"measures", {"FIRST(A.v) AS first", "COUNT(B.id) AS n"}},
            {"after_match", "PAST LAST ROW"},
            {"rows_per_match", rows},
            {"within", "60ms"}};
}

SchemaRef schemaFor(bool ofWindows) {
    std::vector<Field> fields = {{"id", Type::of(TypeId::Bigint)},
                                 {"k", Type::of(TypeId::String)},
                                 {"g", Type::of(TypeId::Int)},
                                 {"v", Type::of(TypeId::Bigint)},
                                 {ofWindows ? "window_time" : "ts", Type::of(TypeId::Timestamp)}};
    if (ofWindows) {
        fields.push_back({"window_start", Type::of(TypeId::Timestamp)});
        fields.push_back({"window_end", Type::of(TypeId::Timestamp)});
    }
    return schemaOf(std::move(fields));
}

}  // namespace

const std::vector<PagedNodeShape>& pagedNodeShapes() {
    constexpr Changing kStays = Changing::Stays, kById = Changing::ById, kMultiset = Changing::Multiset;
    const Json bounds = {{"lower", "-30ms"}, {"upper", "50ms"}};
    const Json sums = {"SUM(v) AS s", "COUNT(*) AS n", "LAST_VALUE(v) AS l"};
    static const std::vector<PagedNodeShape> kShapes = {
        {"inner join", "join", joined("inner"), {kStays, kStays}},
        {"left join of changes", "join", joined("left"), {kById, kStays}},
        {"full join of changes", "join", joined("full"), {kMultiset, kById}},
        {"inner join that forgets", "join", joined("inner", {{"state_ttl", "90ms"}}), {kStays, kStays}},
        {"full join that forgets", "join", joined("full", {{"state_ttl", "90ms"}}), {kStays, kStays}},
        {"inner interval join", "interval_join", joined("inner", bounds), {kStays, kStays}},
        {"left interval join", "interval_join", joined("left", bounds), {kStays, kStays}},
        {"full interval join", "interval_join", joined("full", bounds), {kStays, kStays}},
        {"temporal join", "temporal_join", joined("inner"), {kStays, kStays}},
        {"left temporal join", "temporal_join", joined("left"), {kStays, kStays}},
        {"over rows",
         "over_aggregate",
         {{"partition_by", {"k"}}, {"frame", "ROWS 3 PRECEDING"}, {"aggregates", sums}},
         {kStays}},
        {"over a range",
         "over_aggregate",
         {{"partition_by", {"k", "g"}}, {"frame", "RANGE '40ms' PRECEDING"}, {"aggregates", sums}},
         {kStays}},
        {"top rows", "top_n", {{"by", {"v DESC"}}, {"limit", 3}, {"partition_by", {"k"}}}, {kStays}},
        {"top rows of changes",
         "top_n",
         {{"by", {"v", "id"}}, {"limit", 2}, {"partition_by", {"k"}}},
         {kById}},
        {"top rows of windows",
         "top_n",
         {{"by", {"v"}}, {"limit", 2}, {"partition_by", {"k"}}},
         {kStays},
         true},
        {"one row a match", "pattern", pattern("one"), {kStays}},
        {"all rows of matches", "pattern", pattern("all"), {kStays}},
    };
    return kShapes;
}

PagedCase::PagedCase(const PagedNodeShape& shape, std::uint64_t seed)
    : m_random(seed),
      m_shape(shape),
      m_named(std::string(shape.name) + ", case " + std::to_string(seed)),
      m_keys(1 + m_random() % 150) {
    static const Catalogue kCatalogue = builtin();
    m_kind = kCatalogue.find(shape.type);
    for (const Changing changing : shape.inputs) {
        Input input;
        input.changing = changing;
        const bool stays = changing == Changing::Stays;
        input.type.schema = schemaFor(shape.ofWindows);
        input.type.eventTime = stays ? kTime : -1;
        input.type.updating = input.type.made = !stays;
        input.type.multiset = changing == Changing::Multiset;
        if (changing == Changing::ById) input.type.key = {0};
        input.type.windowed = shape.ofWindows;
        input.type.sourceOrder = stays;
        m_inputs.push_back(std::move(input));
    }
    std::vector<StreamType> types;
    for (const Input& input : m_inputs) types.push_back(input.type);
    BoundForTest bound = bindNode(*m_kind, shape.params, types);
    for (const Issue& issue : bound.issues) m_named += "; " + english(issue.message);
    m_bound = std::move(bound.bound);
    if (!m_bound) qFatal("%s", m_named.c_str());
    for (int i = 0; i < 80; ++i) {
        const int port = static_cast<int>(pick(m_inputs.size()));
        Input& input = m_inputs[static_cast<std::size_t>(port)];
        add(port, batch(input));
        if (pick(3) == 0) raiseWatermark(port, std::max(input.watermark, input.newest - 20));
    }
    for (std::size_t port = 0; port < m_inputs.size(); ++port)
        raiseWatermark(static_cast<int>(port), kMaxTimestamp);
}

void PagedCase::add(int port, std::variant<Batch, Instant> what) {
    m_events.emplace_back(CheckpointedGroup::AtPort{port, std::move(what)});
}

void PagedCase::raiseWatermark(int port, Instant watermark) {
    Input& input = m_inputs[static_cast<std::size_t>(port)];
    if (watermark <= input.watermark) return;
    input.watermark = watermark;
    if (m_inputs.size() > 1) add(port, watermark);
    const auto least = std::min_element(m_inputs.begin(), m_inputs.end(), [](const Input& a, const Input& b) {
        return a.watermark < b.watermark;
    });
    if (least->watermark <= std::max<Instant>(m_told, 0)) return;
    m_told = least->watermark;
    m_events.emplace_back(m_told);
}

std::vector<Value> PagedCase::row(Input& input) {
    // Half of them of a few keys.
    const std::uint64_t key = pick(2) == 0 ? pick(m_keys) : pick(1 + m_keys / 20);
    const auto orNull = [this](Value value) { return pick(12) == 0 ? Value{} : std::move(value); };
    Instant time = input.watermark + static_cast<Instant>(pick(80)) - 12;
    if (m_shape.ofWindows) time = time / 20 * 20 + 19;
    input.newest = std::max(input.newest, time);
    std::vector<Value> row = {Value(m_ids++),
                              orNull(Value("a key that fits into no string itself, " + std::to_string(key))),
                              orNull(Value(static_cast<std::int32_t>(key % 2))),
                              orNull(Value(static_cast<std::int64_t>(pick(9)))), Value(time)};
    if (m_shape.ofWindows) {
        row.push_back(Value(Instant{time - 19}));
        row.push_back(Value(Instant{time + 1}));
    }
    return row;
}

void PagedCase::change(Input& input, Rows& rows, std::vector<RowKind>& kinds) {
    const auto add = [&](RowKind kind, const std::vector<Value>& row) {
        rows.push_back(row);
        kinds.push_back(kind);
    };
    if (input.standing.empty() || pick(5) < 3) {
        input.standing.push_back(row(input));
        return add(RowKind::Insert, input.standing.back());
    }
    const std::size_t at = pick(input.standing.size());
    add(RowKind::UpdateBefore, input.standing[at]);
    if (pick(2) == 0) {
        kinds.back() = RowKind::Delete;
        input.standing.erase(input.standing.begin() + static_cast<std::ptrdiff_t>(at));
        return;
    }
    const Value id = input.standing[at].front();
    input.standing[at] = row(input);
    input.standing[at].front() = id;
    add(RowKind::UpdateAfter, input.standing[at]);
}

Batch PagedCase::batch(Input& input) {
    Rows rows;
    std::vector<RowKind> kinds;
    const bool stays = input.changing == Changing::Stays;
    for (std::uint64_t left = pick(60); left > 0; --left) {
        if (stays) {
            rows.push_back(row(input));
        } else {
            change(input, rows, kinds);
        }
    }
    Batch batch = batchOf(input.type.schema, rows, std::move(kinds));
    if (!stays) return batch;
    batch.positions.first = input.position;
    input.position += static_cast<std::int64_t>(rows.size());
    batch.stamps = std::make_shared<const std::vector<Instant>>(rows.size(), input.watermark);
    return batch;
}

MakeContext PagedCase::context(std::uint64_t memory, std::shared_ptr<OutputFiles> disk) const {
    MakeContext context = contextFor(m_inputs.front().type, 1, 256);
    context.inputs.clear();
    for (const Input& input : m_inputs) context.inputs.push_back(contextFor(input.type).inputs.front());
    context.clock = std::make_shared<SimulatedClock>();
    return memory == 0 ? context : spilling(std::move(context), memory, std::move(disk));
}

}  // namespace rw::test
