#include "core/runtime/metrics/heavy_keys.h"

#include <algorithm>

#include "core/base/readable.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr std::uint64_t kRowsOfBatch = 256;       // that are looked at, about
constexpr std::uint64_t kForgetAfter = 1U << 14;  // rows looked at

std::string keyText(const Batch& batch, std::span<const int> columns, std::size_t row) {
    Batch key;
    auto schema = std::make_shared<Schema>();
    for (const int column : columns) {
        schema->fields.push_back(batch.schema->fields[static_cast<std::size_t>(column)]);
        key.columns.push_back(batch.columns[static_cast<std::size_t>(column)]);
    }
    key.schema = std::move(schema);
    return shortened(rowText(key, row), HeavyKeys::kLongestKey);
}

}  // namespace

void HeavyKeys::sample(const Batch& batch, std::span<const int> columns,
                       std::span<const std::uint64_t> hashes) {
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock.owns_lock()) return;
    const std::uint64_t step = std::max<std::uint64_t>(batch.rows / kRowsOfBatch, 1);
    // Each sampled row stands for those that were skipped: large batches count with all their rows.
    for (std::uint64_t row = jump(step) - 1; row < batch.rows; row += jump(step)) {
        const std::size_t place = placeOf(hashes[row]);
        m_rows[place] += step;
        m_total += step;
        ++m_sampled;
        // Texts are made of those alone that have so much that they may be told of.
        if (m_texts[place].empty() && surely(place) * kPlaces >= m_total)
            m_texts[place] = keyText(batch, columns, row);
    }
    if (m_sampled >= kForgetAfter) forget();
}

/// A fixed step could fall in with a step of the rows' own, and see one key only.
std::uint64_t HeavyKeys::jump(std::uint64_t mean) {
    m_chance = m_chance * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return 1 + (m_chance >> 33U) % (2 * mean - 1);
}

std::size_t HeavyKeys::placeOf(std::uint64_t hash) {
    const auto end = m_hashes.begin() + static_cast<std::ptrdiff_t>(m_used);
    const auto found = std::find(m_hashes.begin(), end, hash);
    auto place = static_cast<std::size_t>(found - m_hashes.begin());
    if (found != end) return place;
    if (m_used < kPlaces) {
        ++m_used;
    } else {
        place = static_cast<std::size_t>(std::min_element(m_rows.begin(), m_rows.end()) - m_rows.begin());
        m_errors[place] = m_rows[place];
        m_texts[place].clear();
    }
    m_hashes[place] = hash;
    return place;
}

void HeavyKeys::forget() {
    for (std::size_t place = 0; place < m_used; ++place) {
        m_rows[place] /= 2;
        m_errors[place] /= 2;
    }
    m_total /= 2;
    m_sampled /= 2;
}

std::vector<HeavyKey> HeavyKeys::heaviest() const {
    std::vector<HeavyKey> out;
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t place = 0; place < m_used; ++place) {
            const double share = static_cast<double>(surely(place)) / static_cast<double>(m_total);
            if (share >= kLeastShare && !m_texts[place].empty()) out.push_back({m_texts[place], share});
        }
    }
    std::sort(out.begin(), out.end(), [](const HeavyKey& a, const HeavyKey& b) { return a.share > b.share; });
    if (out.size() > kMost) out.resize(kMost);
    return out;
}

}  // namespace rw
