#include "tests/unit/stream/cases/operator_group.h"

#include "core/data/state_reader.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

OperatorGroup::OperatorGroup(const NodeKind& kind, const BoundNode& bound, MakeContext context, int instances)
    : m_kind(kind), m_bound(bound), m_context(std::move(context)) {
    make(instances);
}

void OperatorGroup::make(int instances) {
    m_instances.clear();
    for (int i = 0; i < instances; ++i) {
        m_context.instance = i;
        m_context.instances = instances;
        auto made = m_kind.make(m_bound, m_context);
        m_instances.push_back(std::get<std::unique_ptr<Operator>>(std::move(made).value()));
        m_instances.back()->outputPorts = static_cast<int>(m_bound.outputs.size());
    }
}

template <class Call>
void OperatorGroup::run(Operator& instance, Call first) {
    check(first());
    while (instance.hasMore()) check(instance.resume(*this));
}

void OperatorGroup::send(const Batch& batch, int port) {
    const auto count = static_cast<int>(m_instances.size());
    if (count == 1) return run(*m_instances[0], [&] { return m_instances[0]->onBatch(port, batch, *this); });
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, m_bound.distribution.keys[static_cast<std::size_t>(port)], hashes);
    std::vector<std::vector<std::uint32_t>> rows(m_instances.size());
    for (std::uint32_t row = 0; row < batch.rows; ++row)
        rows[static_cast<std::size_t>(instanceOfGroup(keyGroupOf(hashes[row]), count))].push_back(row);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Batch some = batch.select(rows[i]);
        run(*m_instances[i], [&] { return m_instances[i]->onBatch(port, some, *this); });
    }
}

void OperatorGroup::advance(Instant watermark) {
    if (watermark <= m_inputWatermark) return;
    m_inputWatermark = watermark;
    for (const auto& instance : m_instances)
        run(*instance, [&] { return instance->onWatermark(watermark, *this); });
}

void OperatorGroup::end() {
    advance(kMaxTimestamp);
    for (const auto& instance : m_instances) run(*instance, [&] { return instance->onEnd(*this); });
}

std::vector<std::string> OperatorGroup::snapshot() {
    std::vector<std::string> states;
    for (const auto& instance : m_instances) {
        StateWriter state;
        check(instance->snapshot(state));
        states.push_back(state.finish());
    }
    return states;
}

void OperatorGroup::restart(int instances, std::size_t batchRows) {
    const std::vector<std::string> states = snapshot();
    m_context.batchRows = batchRows;
    resume(states, instances);
}

void OperatorGroup::resume(const std::vector<std::string>& states, int instances) {
    make(instances);
    for (int i = 0; i < instances; ++i) {
        for (const std::string& state : states) {
            const Result<StateReader> reader = StateReader::open(state);
            check(reader.status());
            if (reader.ok())
                check(m_instances[static_cast<std::size_t>(i)]->restore(*reader, keyGroupsOf(i, instances)));
        }
    }
}

std::vector<std::string> OperatorGroup::table(int port) const {
    std::vector<std::string> rows;
    const auto found = m_tables.find(port);
    if (found == m_tables.end()) return rows;
    for (const auto& [line, count] : found->second)
        rows.insert(rows.end(), static_cast<std::size_t>(std::max(count, 0)), line);
    return rows;
}

Operator::StateSize OperatorGroup::stateSize() const {
    Operator::StateSize sum;
    for (const auto& instance : m_instances) {
        sum.bytes += instance->stateSize().bytes;
        sum.keys += instance->stateSize().keys;
    }
    return sum;
}

void OperatorGroup::emit(int port, Batch batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const std::string line = lineOf(batch, row);
        const RowKind kind = batch.kind(row);
        int& count = m_tables[port][line];
        count += kind == RowKind::Insert || kind == RowKind::UpdateAfter ? 1 : -1;
        if (count < 0) m_breaches.push_back("a row was withdrawn that is not there: " + line);
    }
}

Status OperatorGroup::reject(const Batch& batch, std::size_t row, const Text& reason) {
    ++m_tables[-1][lineOf(batch, row) + ": " + english(reason)];
    return {};
}

void OperatorGroup::check(const Status& status) {
    if (!status.ok()) m_breaches.push_back(english(status.error()));
}

}  // namespace rw::test
