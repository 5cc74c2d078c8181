#include "core/stream/windows/window_combiner.h"

#include <algorithm>

#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {
constexpr std::size_t kSliceRows = 16;    // that cost as much as a slice with its tables
constexpr std::size_t kMostSlices = 128;  // more are not worth it, in a batch of a few thousand rows
}  // namespace

WindowCombiner::WindowCombiner(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_slicing(*m_plan),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_disorder(m_context) {}

bool WindowCombiner::serves(const WindowPlan& plan) {
    const bool sliced =
        plan.kind == WindowKind::Tumble || plan.kind == WindowKind::Hop || plan.kind == WindowKind::Cumulate;
    return sliced && !plan.input.updating && !plan.emitsUpdates() &&
           std::none_of(plan.aggregates.begin(), plan.aggregates.end(),
                        [](const sql::BoundAggregate& aggregate) { return aggregate.ordered; });
}

bool WindowCombiner::combine(const Batch& batch, std::span<Batch> combined,
                             std::vector<std::uint32_t>& rest) {
    if (m_disorder.on() || !m_pace.isTurn()) return false;
    sql::Work work(sql::kTextAtOnce);
    if (!m_input.take(batch, work)) {  // the operator takes such rows some at a time
        m_pace.combined(batch.rows, batch.rows);
        return false;
    }
    place(batch, rest);
    if (m_slices.size() > kMostSlices) {
        m_pace.combined(batch.rows, batch.rows);
        return false;
    }
    for (Batch& share : combined) {
        share = Batch();
        share.schema = batch.schema;
        share.wire = batch.wire;
    }
    m_made.assign(combined.size(), nullptr);
    std::size_t sums = rest.size();
    for (const auto& [slice, rows] : m_slices) {
        if (!rows.empty()) sums += add(slice, rows, combined);
    }
    for (std::size_t i = 0; i < combined.size(); ++i) combined[i].combined = std::move(m_made[i]);
    m_pace.combined(batch.rows, sums);
    return true;
}

/// Deals the rows out to slices; rows without a place, late for a window or not computable are rest.
void WindowCombiner::place(const Batch& batch, std::vector<std::uint32_t>& rest) {
    rest.clear();
    m_slices.clear();
    const Column& times = batch.column(m_slicing.eventTime());
    const Instant* const time = times.values<Instant>().data();
    const auto& errors = m_input.errors();
    auto error = errors.begin();
    Window slice{};
    Instant firstEnd = 0;  // of the first window of the slice
    std::vector<std::uint32_t>* rows = nullptr;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const bool failed = error != errors.end() && error->row == row;
        if (failed) ++error;
        if (failed || times.isNull(row) || !WindowAssigner::inRange(time[row])) {
            rest.push_back(row);
            continue;
        }
        if (!rows || time[row] < slice.start || time[row] >= slice.end) {
            slice = m_slicing.sliceOf(batch, row);
            firstEnd = m_slicing.firstWindow(slice).end;
            rows = &m_slices[slice];
        }
        // Of a clean row none has passed, by its stamp either.
        const bool passed = batch.stamps && firstEnd <= m_slicing.passedAt((*batch.stamps)[row]);
        (passed ? rest : *rows).push_back(row);
    }
}

/// Gives how many rows would cost as much to send.
std::size_t WindowCombiner::add(const Window& slice, std::span<const std::uint32_t> rows,
                                std::span<Batch> combined) {
    const auto sums = std::make_shared<GroupState>(*m_plan);
    sums->keys.findOrInsert(m_input.keyColumns(), m_input.hashes(), rows, m_groups);
    std::vector<CombinedSlice> shares = deal(sums->keys, combined.size());
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i].rows = combined[i].rows;
    for (const std::uint32_t group : m_groups) ++combined[m_places[group].instance].rows;
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i].rows = combined[i].rows - shares[i].rows;
    for (std::size_t i = 0; i < m_plan->aggregates.size(); ++i) {
        if (!m_plan->aggregates[i].folds) {
            dealValues(i, rows, shares);
            continue;
        }
        sql::Accumulator& accumulator = sums->aggregates.of(i);
        accumulator.resize(sums->keys.size());
        m_input.update(i, accumulator, rows, m_groups);
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (shares[i].groups.empty()) continue;
        shares[i].slice = slice;
        shares[i].sums = sums;
        if (!m_made[i]) m_made[i] = std::make_shared<CombinedWindows>();
        m_made[i]->add(std::move(shares[i]));
    }
    return kSliceRows + sums->keys.size();
}

/// The keys of each instance, as an exchange deals them out.
std::vector<CombinedSlice> WindowCombiner::deal(const KeyTable& keys, std::size_t instances) {
    std::vector<CombinedSlice> shares(instances);
    m_places.clear();
    for (std::uint32_t group = 0; group < keys.size(); ++group) {
        const int instance = instanceOfGroup(keyGroupOf(keys.hash(group)), static_cast<int>(instances));
        auto& groups = shares[static_cast<std::size_t>(instance)].groups;
        m_places.push_back({static_cast<std::uint32_t>(instance), static_cast<std::uint32_t>(groups.size())});
        groups.push_back(group);
    }
    return shares;
}

void WindowCombiner::dealValues(std::size_t aggregate, std::span<const std::uint32_t> rows,
                                std::vector<CombinedSlice>& shares) {
    const sql::AggregateInput input = m_input.chosen(aggregate, rows, m_groups);
    for (CombinedSlice& share : shares) share.values.push_back({aggregate, *input.argument, {}, {}});
    for (std::size_t i = 0; i < input.rows.size(); ++i) {
        const Place& place = m_places[input.groups[i]];
        CombinedValues& values = shares[place.instance].values.back();
        values.rows.push_back(input.rows[i]);
        values.groups.push_back(place.group);
    }
}

}  // namespace rw
