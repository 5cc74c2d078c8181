#include "core/store/part_scan.h"

#include <algorithm>
#include <cstring>

namespace rw {

void PartSection::append(const StoreKey& key, std::string_view value, std::string& section) {
    char head[kHead];
    const auto keySize = static_cast<std::uint32_t>(key.bytes.size());
    const auto valueSize = static_cast<std::uint32_t>(value.size());
    std::memcpy(head, &key.hash, sizeof key.hash);
    std::memcpy(head + sizeof key.hash, &keySize, sizeof keySize);
    std::memcpy(head + sizeof key.hash + sizeof keySize, &valueSize, sizeof valueSize);
    section.append(head, kHead);
    section += key.bytes;
    section += value;
}

void PartSection::readRow() {
    if (atEnd()) return;
    const char* const head = m_bytes.data() + m_at;
    std::memcpy(&m_hash, head, sizeof m_hash);
    std::memcpy(&m_keySize, head + sizeof m_hash, sizeof m_keySize);
    std::memcpy(&m_valueSize, head + sizeof m_hash + sizeof m_keySize, sizeof m_valueSize);
}

PartScan::PartScan(std::shared_ptr<const PartFile> file, DeltaLayers layers)
    : m_file(std::move(file)), m_layers(std::move(layers)) {
    std::size_t all = 0;
    for (const auto& layer : m_layers) all += layer->size();
    m_changes.reserve(all);
    for (auto layer = static_cast<std::uint32_t>(m_layers.size()); layer-- > 0;) {
        for (const std::uint32_t number : m_layers[layer]->sorted()) m_changes.push_back({layer, number});
    }
    if (m_layers.size() < 2) return;
    // Of one key, the newest stays the first one.
    std::stable_sort(m_changes.begin(), m_changes.end(),
                     [this](const Change& a, const Change& b) { return keyOf(a) < keyOf(b); });
    const auto same = [this](const Change& a, const Change& b) { return keyOf(a) == keyOf(b); };
    m_changes.erase(std::unique(m_changes.begin(), m_changes.end(), same), m_changes.end());
}

void PartScan::addChange(StoreRows& rows) {
    const Change& change = m_changes[m_nextChange++];
    if (const auto value = m_layers[change.layer]->value(change.number)) rows.add(keyOf(change), *value);
}

Result<bool> PartScan::next(StoreRows& rows) {
    constexpr std::size_t kMostChanges = 4'096;  // of a call: erased ones add no bytes
    rows.clear();
    if (m_section.atEnd() && sectionsLeft()) {
        RW_TRY_ASSIGN(std::string bytes, m_file->run->read(m_file->run->sections()[m_nextSection]));
        m_section = PartSection(std::move(bytes));
        ++m_nextSection;
    }
    for (std::size_t changes = 0; rows.bytes() < kPartSectionBytes && changes < kMostChanges;) {
        const bool anyChange = m_nextChange < m_changes.size();
        if (m_section.atEnd()) {
            if (sectionsLeft()) return true;
            if (!anyChange) return false;
            addChange(rows);
            ++changes;
            continue;
        }
        const StoreKey inFile = m_section.key();
        const auto order =
            anyChange ? keyOf(m_changes[m_nextChange]) <=> inFile : std::strong_ordering::greater;
        if (order > 0) rows.add(inFile, m_section.value());
        if (order <= 0) {
            addChange(rows);
            ++changes;
        }
        if (order >= 0) m_section.next();
    }
    return true;
}

}  // namespace rw
