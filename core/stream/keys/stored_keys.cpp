#include "core/stream/keys/stored_keys.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "core/stream/keys/encoded_keys.h"

namespace rw {

namespace {
constexpr std::size_t kStoredAtOnce = 4'096, kStoredBytes = std::size_t{1} << 20;  ///< keys; about so long
/// What a piece of a file takes of a call's budget: its rows are only copied.
constexpr std::size_t kPieceBytes = std::size_t{64} << 10, kPieceUnits = 1'024;
/// Long keys of a checkpoint count as several.
constexpr std::size_t kBytesOfKey = 512;
}  // namespace

StoredKeys::StoredKeys(std::vector<Type> types, std::shared_ptr<SpillFolder> folder, std::size_t memory)
    : m_coder(std::move(types)), m_folder(folder), m_store(std::move(folder)) {
    m_store.setMemory(memory);
}

/// In the order of a store.
void StoredKeys::encode(const KeyTable& keys, std::span<const std::uint32_t> groups) {
    const std::vector<ColumnRef> columns = keys.columns(groups);
    m_encoded.clear();
    m_bytes.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::size_t offset = m_bytes.size();
        m_coder.append(columns, i, m_bytes);
        m_encoded.push_back({keys.hash(groups[i]), groups[i], offset, m_bytes.size() - offset});
    }
    std::sort(m_encoded.begin(), m_encoded.end(),
              [this](const Encoded& a, const Encoded& b) { return keyOf(a) < keyOf(b); });
    m_asked.clear();
    for (const Encoded& key : m_encoded) m_asked.push_back(keyOf(key));
}

Status StoredKeys::find(const KeyTable& keys, std::vector<std::uint32_t> groups,
                        std::vector<std::uint32_t>& found) {
    encode(keys, groups);
    RW_TRY(m_store.get(m_asked, m_values));
    for (std::size_t i = 0; i < m_encoded.size(); ++i) {
        if (m_values.at(i)) found.push_back(m_encoded[i].group);
    }
    return {};
}

void StoredKeys::begin(const KeyTable& keys, std::span<const std::uint32_t> groups,
                       const ChangedRows* changes) {
    m_keys = &keys;
    m_changes = changes;
    m_order = inOrderOfKeyGroups(keys, groups);
    m_next = 0;
}

Status StoredKeys::run(CallBudget& budget) {
    while (busy() && !budget.spent()) {
        const auto keyGroupAt = [this](std::size_t i) { return keyGroupOf(m_keys->hash(m_order[i])); };
        const bool left = m_next < m_order.size();
        // Not within a key group, whose file would be written once for each piece of its keys.
        const bool between = !left || m_next == 0 || keyGroupAt(m_next) != keyGroupAt(m_next - 1);
        if (between && m_store.hasWork()) {
            RW_TRY(m_store.work(kPieceBytes));
            budget.spend(kPieceUnits);
            continue;
        }
        if (left) {
            RW_TRY(storeSome(budget));
            continue;
        }
        RW_TRY(end());
    }
    return {};
}

Status StoredKeys::end() {
    std::unique_ptr<SortedRun> fresh, frozen;
    if (m_freshRun) {
        RW_TRY_ASSIGN(fresh, m_freshRun->finish());
    }
    if (m_frozenRun) {
        RW_TRY_ASSIGN(frozen, m_frozenRun->finish());
    }
    if (fresh) m_fresh.push_back(std::move(fresh));
    if (frozen) m_frozen.insert(m_frozen.begin(), std::move(frozen));  // some of the last may be written
    forget();
    return {};
}

void StoredKeys::forget() {
    m_freshRun.reset();
    m_frozenRun.reset();
    m_keys = nullptr;
    std::vector<std::uint32_t>().swap(m_order);
}

/// In memory alone: what is in files already is covered by what says that it is gone.
Status StoredKeys::giveUp() {
    for (std::size_t from = 0, end = 0; from < m_next; from = end) {
        const int keyGroup = keyGroupOf(m_keys->hash(m_order[from]));
        while (end < m_next && keyGroupOf(m_keys->hash(m_order[end])) == keyGroup) ++end;
        encode(*m_keys, std::span(m_order).subspan(from, end - from));
        RW_TRY(m_store.erase(m_asked));
        m_size -= m_asked.size();
    }
    forget();
    return {};
}

/// The next keys of one key group.
Status StoredKeys::storeSome(CallBudget& budget) {
    const int keyGroup = keyGroupOf(m_keys->hash(m_order[m_next]));
    const std::size_t each = m_keys->memoryBytes() / m_keys->size();
    const std::size_t some =
        std::clamp<std::size_t>(kStoredBytes / std::max<std::size_t>(each, 1), 1, kStoredAtOnce);
    const std::size_t most = std::min(m_order.size(), m_next + some);
    std::size_t end = m_next + 1;
    while (end < most && keyGroupOf(m_keys->hash(m_order[end])) == keyGroup) ++end;
    encode(*m_keys, std::span(m_order).subspan(m_next, end - m_next));
    m_values.reset(m_asked.size());
    for (std::size_t i = 0; i < m_asked.size(); ++i) m_values.set(i, {});  // that it is there is all
    RW_TRY(m_store.put(m_asked, m_values));
    m_size += m_asked.size();
    m_next = end;
    budget.spend(m_asked.size());
    budget.spendText(m_bytes.size());
    if (m_changes) {
        RW_TRY(addToRun(m_freshRun, keyGroup,
                        [this](std::uint32_t group) { return m_changes->isMarked(group); }));
        RW_TRY(addToRun(m_frozenRun, keyGroup,
                        [this](std::uint32_t group) { return m_changes->isFrozen(group); }));
    }
    return {};
}

template <class IsSo>
Status StoredKeys::addToRun(std::unique_ptr<SortedRunWriter>& run, int keyGroup, IsSo isSo) {
    std::string section;
    std::uint32_t count = 0;
    const auto endSection = [&]() -> Status {
        if (!run) {
            RW_TRY_ASSIGN(run, SortedRunWriter::create(m_folder));
        }
        RW_TRY(run->add(keyGroup, std::exchange(count, 0), section));
        section.clear();
        return {};
    };
    for (std::size_t i = 0; i < m_encoded.size(); ++i) {
        if (!isSo(m_encoded[i].group)) continue;
        PartSection::append(m_asked[i], {}, section);
        ++count;
        if (section.size() >= kPartSectionBytes) RW_TRY(endSection());
    }
    return count > 0 ? endSection() : Status();
}

void StoredKeys::write(int keyGroup, std::span<const std::string_view> keys, const Write& write) const {
    if (!keys.empty()) write(keyGroup, keys.size(), m_coder.columns(keys));
}

Status StoredKeys::writeAll(const KeyTable& keys, std::vector<std::uint32_t> groups, const Write& write) {
    std::array<std::vector<std::uint32_t>, kKeyGroups> others;
    for (const std::uint32_t group : groups)
        others[static_cast<std::size_t>(keyGroupOf(keys.hash(group)))].push_back(group);
    for (int keyGroup = 0; keyGroup < kKeyGroups; ++keyGroup) {
        encode(keys, others[static_cast<std::size_t>(keyGroup)]);
        std::deque<StoreRows> stored;  // their bytes stay where they are
        RW_TRY_ASSIGN(const std::unique_ptr<StoreScan> scan, m_store.scan(keyGroup));
        for (bool more = true; more;) {
            RW_TRY_ASSIGN(more, scan->next(stored.emplace_back()));
            for (std::size_t i = 0; i < stored.back().size(); ++i) m_asked.push_back(stored.back().key(i));
        }
        std::sort(m_asked.begin(), m_asked.end());
        std::vector<std::string_view> all;
        for (const StoreKey& key : m_asked) all.push_back(key.bytes);
        this->write(keyGroup, all, write);
    }
    return {};
}

Status StoredKeys::freeze(bool whole) {
    m_section = 0;
    m_scan.reset();
    m_snapshot.reset();
    m_frozen = std::exchange(m_fresh, {});
    if (!whole) return {};
    m_frozen.clear();  // the store has them
    m_keyGroup = 0;
    RW_TRY_ASSIGN(m_snapshot, m_store.snapshot());
    return {};
}

Status StoredKeys::writeSome(std::size_t most, const Write& write) {
    for (std::size_t written = 0; written < most && anyFrozen();) {
        RW_TRY_ASSIGN(const std::size_t more, m_snapshot ? writeScanned(write) : writeSection(write));
        written += more;
    }
    return {};
}

/// The next section of the runs.
Result<std::size_t> StoredKeys::writeSection(const Write& write) {
    const SortedRun& run = *m_frozen.back();
    const SortedRun::Section& section = run.sections()[m_section];
    RW_TRY_ASSIGN(std::string bytes, run.read(section));
    std::vector<std::string_view> keys;
    PartSection at(std::move(bytes));
    for (; !at.atEnd(); at.next()) keys.push_back(at.key().bytes);
    this->write(section.keyGroup, keys, write);
    const std::size_t count = std::max<std::size_t>(keys.size(), section.size / kBytesOfKey);
    if (++m_section == run.sections().size()) {
        m_frozen.pop_back();
        m_section = 0;
    }
    return count;
}

/// The next keys of the snapshot.
Result<std::size_t> StoredKeys::writeScanned(const Write& write) {
    if (!m_scan) {
        RW_TRY_ASSIGN(m_scan, m_snapshot->scan(m_keyGroup));
    }
    RW_TRY_ASSIGN(const bool more, m_scan->next(m_rows));
    std::vector<std::string_view> keys;
    for (std::size_t i = 0; i < m_rows.size(); ++i) keys.push_back(m_rows.key(i).bytes);
    this->write(m_keyGroup, keys, write);
    if (!more) {
        m_scan.reset();
        if (++m_keyGroup == kKeyGroups) m_snapshot.reset();
    }
    return 1 + std::max(keys.size(), m_rows.bytes() / kBytesOfKey);
}

std::size_t StoredKeys::memoryBytes() const {
    std::size_t bytes = sizeof *this - sizeof m_store + m_store.size().memory;
    bytes += m_order.capacity() * sizeof(std::uint32_t) + m_bytes.capacity();
    for (const auto* const runs : {&m_fresh, &m_frozen}) {
        for (const auto& run : *runs) bytes += run->memoryBytes();
    }
    return bytes;
}

std::uint64_t StoredKeys::bytesInFiles() const {
    std::uint64_t bytes = m_store.size().files;
    for (const auto* const runs : {&m_fresh, &m_frozen}) {
        for (const auto& run : *runs) bytes += run->bytes();
    }
    return bytes;
}

}  // namespace rw
