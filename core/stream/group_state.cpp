#include "core/stream/group_state.h"

#include <algorithm>
#include <numeric>

namespace rw {

Aggregates::Aggregates(const std::vector<sql::BoundAggregate>& aggregates) {
    m_accumulators.reserve(aggregates.size());
    for (const sql::BoundAggregate& aggregate : aggregates)
        m_accumulators.push_back(aggregate.make(aggregate));
}

void Aggregates::resize(std::size_t groups) {
    for (const auto& accumulator : m_accumulators) accumulator->resize(groups);
}

void Aggregates::update(AggregateRows& input, std::span<const std::uint32_t> rows,
                        std::span<const std::uint32_t> groups) {
    for (std::size_t i = 0; i < m_accumulators.size(); ++i) input.update(i, *m_accumulators[i], rows, groups);
}

void Aggregates::merge(const Aggregates& other, std::span<const std::uint32_t> sources,
                       std::span<const std::uint32_t> targets) {
    for (std::size_t i = 0; i < m_accumulators.size(); ++i) {
        m_accumulators[i]->merge(*other.m_accumulators[i], sources, targets);
    }
}

void Aggregates::clear(std::span<const std::uint32_t> groups) {
    for (const auto& accumulator : m_accumulators) accumulator->clear(groups);
}

std::vector<sql::Vector> Aggregates::finish(std::span<const std::uint32_t> groups) const {
    std::vector<sql::Vector> results;
    results.reserve(m_accumulators.size());
    for (const auto& accumulator : m_accumulators) results.push_back(accumulator->finish(groups));
    return results;
}

std::size_t Aggregates::memoryBytes() const {
    std::size_t bytes = 0;
    for (const auto& accumulator : m_accumulators) bytes += accumulator->memoryBytes();
    return bytes;
}

void GroupState::update(AggregateRows& input, std::span<const std::uint32_t> rows) {
    keys.findOrInsert(input.keyColumns(), input.hashes(), rows, m_groups);
    aggregates.resize(keys.size());
    aggregates.update(input, rows, m_groups);
}

void GroupState::merge(const GroupState& other, std::size_t from, std::size_t count) {
    m_sources.resize(count);
    std::iota(m_sources.begin(), m_sources.end(), static_cast<std::uint32_t>(from));
    keys.insert(other.keys, m_sources, m_groups);
    aggregates.resize(keys.size());
    aggregates.merge(other.aggregates, m_sources, m_groups);
}

void GroupMerge::run(CallBudget& budget) {
    const std::size_t count = std::min(m_from->keys.size() - m_next, budget.left());
    m_into->merge(*m_from, m_next, count);
    budget.spend(count);
    m_next += count;
    if (m_next == m_from->keys.size()) m_from = nullptr;
}

}  // namespace rw
