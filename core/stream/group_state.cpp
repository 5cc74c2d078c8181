#include "core/stream/group_state.h"

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

void GroupState::merge(const GroupState& other) {
    keys.insertAll(other.keys, m_groups);
    aggregates.resize(keys.size());
    std::vector<std::uint32_t> sources(other.keys.size());
    std::iota(sources.begin(), sources.end(), 0U);
    aggregates.merge(other.aggregates, sources, m_groups);
}

}  // namespace rw
