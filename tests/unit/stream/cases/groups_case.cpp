#include "tests/unit/stream/cases/groups_case.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

const NodeKind& groupingNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("group_aggregate");
}

GroupsCase::GroupsCase(std::uint64_t seed, Ends ends)
    : m_random(seed),
      m_ends(ends),
      m_changing(seed % 2 == 1),
      m_wires(seed % 4 == 2 && ends == Ends::Never ? 2 : 1),
      m_ttl(ends == Ends::Never ? 0 : 1 + static_cast<Millis>(m_random() % 60)),
      m_keys(1 + m_random() % 600),
      m_named("case " + std::to_string(seed)) {
    m_input.schema = schemaOf({{"k", Type::of(TypeId::String)},
                               {"g", Type::of(TypeId::Double)},
                               {"v", Type::of(TypeId::Bigint)},
                               {"d", Type::of(TypeId::Double)},
                               {"t", Type::of(TypeId::String)},
                               {"unread", Type::of(TypeId::Int)},
                               {"ts", Type::of(TypeId::Timestamp)}});
    m_input.eventTime = m_changing ? -1 : 6;
    if (ends != Ends::Never) m_input.eventTime = seed % 5 == 0 && ends == Ends::ByTheirStamps ? -1 : 6;
    m_input.updating = m_input.made = m_changing;
    m_input.sourceOrder = !m_changing && m_wires == 1;
    bind();
    for (int i = 0; i < 100; ++i) {
        addBatch();
        if (pick(3) > 0) continue;
        if (m_ends == Ends::Never) m_stamp = 1'000 * i;
        if (m_stamp > kMinTimestamp) m_events.emplace_back(m_stamp);
    }
    m_events.emplace_back(kMaxTimestamp);
}

void GroupsCase::bind() {
    const std::vector<std::string> all = {"COUNT(v)",
                                          "COUNT(DISTINCT v)",
                                          "COUNT(DISTINCT t)",
                                          "SUM(v)",
                                          "SUM(d)",
                                          "AVG(d)",
                                          "MIN(v)",
                                          "MAX(t)",
                                          "SUM(DISTINCT d)",
                                          "LISTAGG(t, '+')",
                                          "LISTAGG(DISTINCT t)",
                                          "FIRST_VALUE(v)",
                                          "LAST_VALUE(t)",
                                          "PERCENTILE(d, 0.5)",
                                          "APPROX_COUNT_DISTINCT(t)",
                                          "VAR_POP(v)",
                                          "STDDEV_SAMP(d)",
                                          "SUM(v) FILTER (WHERE d > 0)"};
    Json aggregates = Json::array({"COUNT(*) AS n"});
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (pick(4) == 0) aggregates.push_back(all[i] + " AS a" + std::to_string(i));
    }
    const Json keys[] = {{"k"}, {"g"}, {"k", "g"}};
    Json params = {{"keys", keys[pick(3)]}, {"aggregates", aggregates}};
    if (m_ttl > 0) params["state_ttl"] = std::to_string(m_ttl) + "ms";
    m_named += ": " + params.dump();
    BoundForTest bound = bindNode(groupingNode(), params, {m_input});
    for (const Issue& issue : bound.issues) m_named += "; " + english(issue.message);
    m_bound = std::move(bound.bound);
}

std::vector<Value> GroupsCase::row() {
    // Half of them of a few keys.
    const std::uint64_t key = pick(2) == 0 ? pick(m_keys) : pick(1 + m_keys / 20);
    // Rows of one time in ten, and some that come later than others.
    const Instant late = m_ends == Ends::Never ? 0 : static_cast<Instant>(pick(12));
    const double group = std::floor(static_cast<double>(key) / 3);
    const auto orNull = [this](Value value) { return pick(8) == 0 ? Value{} : std::move(value); };
    const Value zero(pick(2) == 0 ? -0.0 : 0.0);
    return {key == 1 ? Value{} : Value("a key that fits into no string itself, " + std::to_string(key)),
            key < 3   ? zero
            : key < 6 ? Value(std::numeric_limits<double>::quiet_NaN())
                      : Value(group),
            orNull(static_cast<std::int64_t>(pick(20)) - 8),
            orNull(static_cast<double>(pick(80)) / 8 - 4),
            orNull(std::string(pick(30), static_cast<char>('a' + pick(5)))),
            Value{},
            Value(Instant{m_rows++ / 10 - late})};
}

void GroupsCase::addChanges(Rows& rows, std::vector<RowKind>& kinds) {
    const auto change = [&](RowKind kind, const std::vector<Value>& row) {
        rows.push_back(row);
        kinds.push_back(kind);
    };
    if (m_standing.empty() || pick(5) < 2) {
        m_standing.push_back(row());
        return change(RowKind::Insert, m_standing.back());
    }
    if (pick(30) == 0) {  // of a key that never was
        std::vector<Value> none = row();
        none[0] = Value("none");
        none[1] = Value(-1.0);
        return change(RowKind::Delete, none);
    }
    const std::size_t at = pick(m_standing.size());
    if (pick(2) == 0) {
        change(RowKind::Delete, m_standing[at]);
        m_standing.erase(m_standing.begin() + static_cast<std::ptrdiff_t>(at));
        return;
    }
    change(RowKind::UpdateBefore, m_standing[at]);
    m_standing[at] = row();
    change(RowKind::UpdateAfter, m_standing[at]);
}

void GroupsCase::addBatch() {
    Rows rows;
    std::vector<RowKind> kinds;
    for (std::uint64_t left = pick(80); left > 0; --left) {
        if (m_changing) {
            addChanges(rows, kinds);
        } else {
            rows.push_back(row());
        }
    }
    Batch batch = batchOf(m_input.schema, rows, std::move(kinds));
    batch.columns[5] = nullptr;
    if (!m_changing) {
        batch.wire = static_cast<WireNumber>(pick(static_cast<std::uint64_t>(m_wires)));
        std::int64_t& position = m_positions[batch.wire];
        batch.positions.first = position;
        position += static_cast<std::int64_t>(rows.size());
    }
    if (m_ends != Ends::Never) addTimes(batch);
    m_events.emplace_back(std::move(batch));
}

/// The watermark is some behind the newest row.
void GroupsCase::addTimes(Batch& batch) {
    constexpr Millis kBehind = 5, kFirst = 1'000;
    std::vector<Instant> stamps;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        stamps.push_back(m_stamp);
        const std::int64_t left = static_cast<std::int64_t>(batch.rows - row);
        if (pick(4) == 0) m_stamp = std::max(m_stamp, (m_rows - left) / 10 - kBehind);
    }
    batch.arrived = kFirst + m_rows / 10;
    if (m_ends == Ends::ByTheirStamps)
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
}

MakeContext GroupsCase::context(std::uint64_t memory, std::shared_ptr<OutputFiles> disk) const {
    MakeContext context = contextFor(m_input, m_wires);
    context.clock = std::make_shared<SimulatedClock>();
    return memory == 0 ? context : spilling(std::move(context), memory, std::move(disk));
}

}  // namespace rw::test
