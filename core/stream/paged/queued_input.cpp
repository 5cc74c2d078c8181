#include "core/stream/paged/queued_input.h"

#include <algorithm>
#include <string>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kQueuedVersion = 1;

}  // namespace

void InputWatermarks::raise(const InputWatermarks& to) {
    for (std::size_t port = 0; port < ports.size(); ++port)
        ports[port] = std::max(ports[port], to.ports[port]);
    all = std::max(all, to.all);
}

void InputWatermarks::write(StateWriter& out) const {
    out.i64("first", ports[0]);
    out.i64("second", ports[1]);
    out.i64("all", all);
}

Result<InputWatermarks> InputWatermarks::read(const StateReader& record) {
    InputWatermarks read;
    RW_TRY_ASSIGN(read.ports[0], record.i64("first"));
    RW_TRY_ASSIGN(read.ports[1], record.i64("second"));
    RW_TRY_ASSIGN(read.all, record.i64("all"));
    return read;
}

QueuedRows::QueuedRows(int port, Batch batch, std::span<const std::uint64_t> hashes,
                       const KeyGroupSet& groups, const InputWatermarks& before)
    : m_port(port), m_batch(std::move(batch)), m_before(before) {
    std::array<std::uint32_t, kKeyGroups + 1> next{};
    const auto groupOf = [&](std::uint32_t row) { return static_cast<std::size_t>(keyGroupOf(hashes[row])); };
    for (std::uint32_t row = 0; row < m_batch.rows; ++row) {
        const std::size_t group = groupOf(row);
        if (groups[group]) ++next[group + 1];
    }
    for (std::size_t group = 0; group < kKeyGroups; ++group) {
        m_groups[group] = next[group + 1] > 0;
        next[group + 1] += next[group];
        if (m_groups[group]) m_ends.push_back({static_cast<int>(group), next[group + 1]});
    }
    m_order.resize(next.back());
    for (std::uint32_t row = 0; row < m_batch.rows; ++row) {
        const std::size_t group = groupOf(row);
        if (groups[group]) m_order[next[group]++] = row;
    }
    m_bytes = sizeof *this + m_batch.memoryBytes() + m_order.capacity() * sizeof(std::uint32_t) +
              m_ends.capacity() * sizeof(End);
}

std::span<const std::uint32_t> QueuedRows::of(int group) const {
    const auto found = std::lower_bound(m_ends.begin(), m_ends.end(), group,
                                        [](const End& end, int wanted) { return end.group < wanted; });
    if (found == m_ends.end() || found->group != group) return {};
    const std::uint32_t from = found == m_ends.begin() ? 0 : std::prev(found)->end;
    return std::span(m_order).subspan(from, found->end - from);
}

void QueuedRows::write(std::string_view name, const KeyGroupSet& groups, StateWriter& out) const {
    if ((groups & m_groups).none()) return;
    out.record(name, kQueuedVersion, [&](StateWriter& record) {
        record.u64("port", static_cast<std::uint64_t>(m_port));
        record.i64("wire", m_batch.wire);
        m_before.write(record);
        record.bytes("groups", packedKeyGroups(groups & m_groups));
        record.batch("rows", m_batch);
    });
}

Result<QueuedRowsRef> QueuedRows::read(const StateReader& record, const KeyGroupSet& own,
                                       std::span<const PagedPort> ports) {
    if (record.version() != kQueuedVersion) return brokenState("version of rows that wait");
    RW_TRY_ASSIGN(const std::uint64_t number, record.u64("port"));
    if (number >= ports.size()) return brokenState("port of rows that wait");
    const PagedPort& port = ports[number];
    RW_TRY_ASSIGN(Batch batch, record.batch("rows"));
    fitColumns(batch, port.schema);
    for (std::size_t column = 0; column < port.read.size(); ++column) {
        if (port.read[column] && !batch.columns[column]) return brokenState("columns of rows that wait");
    }
    RW_TRY_ASSIGN(batch.wire, record.i64("wire"));
    RW_TRY_ASSIGN(const InputWatermarks before, InputWatermarks::read(record));
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("groups"));
    RW_TRY_ASSIGN(const KeyGroupSet groups, unpackedKeyGroups(bytes));
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, port.keys, hashes);
    return std::make_shared<const QueuedRows>(static_cast<int>(number), std::move(batch), hashes,
                                              groups & own, before);
}

}  // namespace rw
