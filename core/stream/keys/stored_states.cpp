#include "core/stream/keys/stored_states.h"

#include <utility>

namespace rw {

namespace {
/// What a piece of a file takes of a call's budget: its rows are only copied.
constexpr std::size_t kMergedBytes = std::size_t{64} << 10, kMergedUnits = 1'024;
}  // namespace

Status StoredStates::append(Run run, std::span<const StoreKey> keys,
                            std::span<const std::string_view> states) {
    std::unique_ptr<SortedRunWriter>& writer = run == Run::Fresh ? m_freshRun : m_frozenRun;
    m_bytes.clear();
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        PartSection::append(keys[i], states[i], m_bytes);
        ++count;
        if (m_bytes.size() < kPartSectionBytes && i + 1 < keys.size()) continue;
        if (!writer) {
            RW_TRY_ASSIGN(writer, SortedRunWriter::create(m_folder));
        }
        RW_TRY(writer->add(keys[i].keyGroup(), std::exchange(count, 0), m_bytes));
        m_bytes.clear();
    }
    return {};
}

Result<bool> StoredStates::work(CallBudget& budget, const PartitionedStore::Expired& expired) {
    if (!m_store.hasWork()) return false;
    RW_TRY(m_store.work(kMergedBytes, expired));
    budget.spend(kMergedUnits);
    return true;
}

Status StoredStates::end() {
    std::unique_ptr<SortedRun> fresh, frozen;
    if (m_freshRun) {
        RW_TRY_ASSIGN(fresh, m_freshRun->finish());
    }
    if (m_frozenRun) {
        RW_TRY_ASSIGN(frozen, m_frozenRun->finish());
    }
    if (fresh) m_fresh.push_back(std::move(fresh));
    if (frozen) m_frozen.push_back(std::move(frozen));
    giveUp();
    return {};
}

void StoredStates::giveUp() {
    m_freshRun.reset();
    m_frozenRun.reset();
}

Status StoredStates::freeze(bool whole) {
    m_section = 0;
    m_scan.reset();
    m_snapshot.reset();
    m_frozen.clear();
    for (std::unique_ptr<SortedRun>& run : std::exchange(m_fresh, {})) {
        if (!whole) m_frozen.push_back(std::move(run));  // else the store has them
    }
    if (!whole) return {};
    m_keyGroup = 0;
    RW_TRY_ASSIGN(m_snapshot, m_store.snapshot());
    return {};
}

Status StoredStates::next(Piece& piece) {
    piece.keys.clear();
    piece.states.clear();
    piece.isWhole = m_snapshot != nullptr;
    if (m_snapshot) return nextOfSnapshot(piece);
    return m_frozen.empty() ? Status() : nextOfRuns(piece);
}

Status StoredStates::nextOfSnapshot(Piece& piece) {
    piece.keyGroup = m_keyGroup;
    if (!m_scan) {
        RW_TRY_ASSIGN(m_scan, m_snapshot->scan(m_keyGroup));
    }
    RW_TRY_ASSIGN(const bool more, m_scan->next(m_rows));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        piece.keys.push_back(m_rows.key(i));
        piece.states.push_back(m_rows.value(i));
    }
    if (more) return {};
    m_scan.reset();
    if (++m_keyGroup == KeyedStore::kKeyGroups) m_snapshot.reset();
    return {};
}

/// A section.
Status StoredStates::nextOfRuns(Piece& piece) {
    const SortedRun& run = *m_frozen.front();
    const SortedRun::Section& section = run.sections()[m_section];
    piece.keyGroup = section.keyGroup;
    RW_TRY_ASSIGN(std::string bytes, run.read(section));
    m_rows.clear();
    PartSection at(std::move(bytes));
    for (; !at.atEnd(); at.next()) m_rows.add(at.key(), at.value());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        piece.keys.push_back(m_rows.key(i));
        piece.states.push_back(m_rows.value(i));
    }
    if (++m_section < run.sections().size()) return {};
    m_frozen.pop_front();
    m_section = 0;
    return {};
}

std::size_t StoredStates::memoryBytes() const {
    std::size_t bytes = sizeof *this - sizeof m_store + m_store.size().memory + m_rows.bytes();
    for (const auto& run : m_fresh) bytes += run->memoryBytes();
    for (const auto& run : m_frozen) bytes += run->memoryBytes();
    return bytes;
}

std::uint64_t StoredStates::bytesInFiles() const {
    std::uint64_t bytes = m_store.size().files;
    for (const auto& run : m_fresh) bytes += run->bytes();
    for (const auto& run : m_frozen) bytes += run->bytes();
    return bytes;
}

}  // namespace rw
